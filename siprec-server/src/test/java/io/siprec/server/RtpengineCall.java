package io.siprec.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.rtp.G711;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.testkit.AudioSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call between two parties that rtpengine forwards: A-law both ways, telephone-event offered. Of what they say it sends a copy to
 * a recorder, as a SIPREC subscription; the stream of the caller has the label 1, that of the callee the label 0.
 */
final class RtpengineCall implements AutoCloseable {
    static final int PACKET_SAMPLES = 160;

    private static final int PCMA = 8;
    private static final Pattern MEDIA_PORT = Pattern.compile("m=audio (\\d+) ");

    private final Rtpengine engine;
    private final String callId;
    private final Party caller = new Party(11);
    private final Party callee = new Party(22);
    private String subscription;

    private RtpengineCall(Rtpengine engine, String callId) throws IOException {
        this.engine = engine;
        this.callId = callId;
    }

    /** The parties have each other's answer. */
    static RtpengineCall place(Rtpengine engine, String callId) throws IOException {
        RtpengineCall call = new RtpengineCall(engine, callId);
        call.callee.target = port(engine.command(call.message("offer").put("sdp", call.caller.sdp())));
        call.caller.target = port(
                engine.command(call.message("answer").put("to-tag", "callee").put("sdp", call.callee.sdp())));
        return call;
    }

    private ObjectNode message(String command) {
        return Rtpengine.message(command).put("call-id", callId).put("from-tag", "caller");
    }

    private static int port(JsonNode answer) throws IOException {
        Matcher media = MEDIA_PORT.matcher(answer.path("sdp").asText());
        if (!media.find()) {
            throw new IOException("no port in " + answer);
        }
        return Integer.parseInt(media.group(1));
    }

    /** The offer for the recorder. {@code more} adds how the copies are to be encrypted or coded. */
    String subscribe(Consumer<ObjectNode> more) throws IOException {
        ObjectNode request = Rtpengine.message("subscribe request").put("call-id", callId);
        request.putArray("flags").add("all").add("siprec");
        more.accept(request);
        JsonNode answer = engine.command(request);
        subscription = answer.get("to-tag").asText();
        return answer.get("sdp").asText();
    }

    /** What the recorder answered; from now on the copies go there. Unless it may transcode, the answer must have all that it offers. */
    void subscribed(String sdp, boolean mayTranscode) throws IOException {
        ObjectNode answer = Rtpengine.message("subscribe answer")
                .put("call-id", callId)
                .put("to-tag", subscription)
                .put("sdp", sdp);
        if (mayTranscode) {
            answer.putArray("flags").add("allow-transcoding");
        }
        engine.command(answer);
    }

    /** The next 20 ms of both parties. */
    void speak(AudioSource ofCaller, AudioSource ofCallee) throws IOException {
        caller.speak(ofCaller);
        callee.speak(ofCallee);
    }

    @Override
    public void close() throws IOException {
        engine.command(message("delete").put("delete-delay", 0));
        caller.socket.close();
        callee.socket.close();
    }

    /** A telephone. */
    private static final class Party {
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final short[] pcm = new short[PACKET_SAMPLES];
        private final int ssrc;
        private int target;
        private int next;

        Party(int ssrc) throws IOException {
            this.ssrc = ssrc;
        }

        String sdp() {
            return RawDialog.SDP_HEAD + "m=audio " + socket.getLocalPort() + " RTP/AVP 8 101\r\n"
                    + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";
        }

        void speak(AudioSource audio) throws IOException {
            audio.read((long) next * PACKET_SAMPLES, pcm, 0, PACKET_SAMPLES);
            byte[] codes = new byte[PACKET_SAMPLES];
            for (int i = 0; i < PACKET_SAMPLES; i++) {
                codes[i] = G711.encodeAlaw(pcm[i]);
            }
            ByteBuffer packet = new RtpPacketWriter()
                    .payloadType(PCMA)
                    .ssrc(ssrc)
                    .marker(next == 0)
                    .sequence(65_500 + next)
                    .timestamp((0xffff_f000L + (long) next * PACKET_SAMPLES) & 0xffff_ffffL)
                    .packet(codes);
            socket.send(new DatagramPacket(packet.array(), packet.limit(), InetAddress.getLoopbackAddress(), target));
            next++;
        }
    }
}
