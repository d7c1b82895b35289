package io.siprec.server.internal.capture;

import io.siprec.rtp.CaptureReport;
import io.siprec.rtp.CapturedStream;
import io.siprec.rtp.PacketCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The capture of one call. Any thread. */
public final class CallCapture {
    private static final Logger LOG = LoggerFactory.getLogger(CallCapture.class);

    private final Captures captures;
    private final String callId;
    private final PacketCapture packets;

    CallCapture(Captures captures, String callId, PacketCapture packets) {
        this.captures = captures;
        this.callId = callId;
        this.packets = packets;
    }

    String callId() {
        return callId;
    }

    PacketCapture packets() {
        return packets;
    }

    /** What a stream is opened with. */
    public CapturedStream stream(int number, InetAddress localAddress) {
        return new CapturedStream(packets, number, localAddress);
    }

    /** Finishes the file, once all streams have ended. */
    public CompletableFuture<CaptureReport> end() {
        captures.remove(this);
        return packets.close();
    }

    /** The call never came to be. */
    public void discard() {
        end().thenAccept(CallCapture::delete);
    }

    private static void delete(CaptureReport report) {
        Path folder = report.file().getParent();
        try {
            Files.deleteIfExists(report.file());
            Files.delete(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            LOG.trace("{} holds other files or was never made", folder);
        } catch (IOException e) {
            LOG.warn("Can't remove {} of a refused call: {}", report.file(), e.toString());
        }
    }
}
