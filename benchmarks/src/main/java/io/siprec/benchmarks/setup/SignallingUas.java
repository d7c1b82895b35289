package io.siprec.benchmarks.setup;

import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.mime.BodyPart;
import io.siprec.core.mime.MimeBody;
import io.siprec.core.mime.MimeException;
import io.siprec.core.mime.MimeLimits;
import io.siprec.core.sdp.AddressFamily;
import io.siprec.core.sdp.AnswerCapabilities;
import io.siprec.core.sdp.AnswerPlan;
import io.siprec.core.sdp.LocalAddresses;
import io.siprec.core.sdp.LocalPorts;
import io.siprec.core.sdp.OfferAnswer;
import io.siprec.core.sdp.Origin;
import io.siprec.core.sdp.SdpException;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.core.sdp.SdpWriter;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** siprec-sip and siprec-core alone: reads offer and metadata of each INVITE and answers, without media. */
final class SignallingUas implements SipApplication, DialogListener {
    private static final AnswerCapabilities CAPABILITIES =
            new AnswerCapabilities(Set.of("PCMU/8000", "PCMA/8000"), 16, Set.of(AddressFamily.IP4));
    private static final Map<Integer, LocalPorts> PORTS =
            Map.of(0, new LocalPorts(20_000, 20_001), 1, new LocalPorts(20_002, 20_003));
    private static final Origin ORIGIN = new Origin("uas", "1", "1", "IN", "IP4", "127.0.0.1");

    private SignallingUas() {}

    /** Prints the port, then answers until the process is ended. The third argument is the number of loops. */
    public static void main(String[] args) throws Exception {
        SipEndpoint endpoint = SipEndpoint.builder(new SignallingUas())
                .listen(Transport.UDP, new InetSocketAddress("127.0.0.1", 0))
                .limits(SipLimits.builder()
                        .maxDialogs(1_000_000)
                        .maxTransactions(2_000_000)
                        .build())
                .loops(Integer.parseInt(args[2]))
                .contactParameters("+sip.srs")
                .build();
        endpoint.start();
        System.out.println(endpoint.listeningPoints().get(0).address().getPort());
        Thread.currentThread().join();
    }

    @Override
    public void onInvite(ServerInvite invite) {
        try {
            invite.accept(List.of(), new SipBody("application/sdp", answer(invite)), this);
        } catch (MimeException | SdpException e) {
            invite.reject(400, e.getMessage());
        }
    }

    private static byte[] answer(ServerInvite invite) throws MimeException, SdpException {
        String type = invite.request().contentType().orElseThrow();
        SessionDescription offer = null;
        for (BodyPart part : MimeBody.parse(type, invite.request().body(), MimeLimits.defaults())
                .parts()) {
            if (part.isSdp()) {
                offer = SdpParser.parse(part.content(), SdpLimits.defaults()).description();
            } else if (MetadataParser.parse(part.content(), Optional.empty(), MetadataLimits.defaults())
                    .metadata()
                    .isEmpty()) {
                throw new MimeException("no metadata");
            }
        }
        AnswerPlan plan = OfferAnswer.plan(offer, CAPABILITIES);
        return SdpWriter.write(OfferAnswer.answer(plan, ORIGIN, LocalAddresses.of("127.0.0.1"), PORTS));
    }

    @Override
    public void onEnded(DialogEnd end) {}
}
