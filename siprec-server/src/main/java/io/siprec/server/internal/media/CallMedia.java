package io.siprec.server.internal.media;

import io.siprec.core.history.StreamLine;
import io.siprec.core.sdp.AddressFamily;
import io.siprec.core.sdp.AnswerCapabilities;
import io.siprec.core.sdp.AnswerPlan;
import io.siprec.core.sdp.LocalPorts;
import io.siprec.core.sdp.OfferAnswer;
import io.siprec.core.sdp.Origin;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.core.sdp.SdpWriter;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.PortsExhaustedException;
import io.siprec.rtp.TimeOrigin;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.sip.message.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The streams of one call and the offers and answers that shape them (RFC 3264, RFC 7866 §7). Every offer is a full
 * one: what it does not change stays as it is, and an offer that can't be taken changes nothing. Loop thread only.
 */
public final class CallMedia {
    private static final Set<String> DECODABLE = Set.of("PCMU/8000", "PCMA/8000");
    private static final int MAX_STREAMS = 16;

    private final MediaPlane plane;
    private final Clock clock;
    private final Path folder;
    private final long descriptionId;
    private final TimeOrigin origin = new TimeOrigin();
    private final List<CallStream> streams = new ArrayList<>();
    private List<PlannedLine> lines = List.of(); // of the last offer
    private SessionDescription answer; // null before the first offer

    public CallMedia(MediaPlane plane, Clock clock, Path folder, long descriptionId) {
        this.plane = plane;
        this.clock = clock;
        this.folder = folder;
        this.descriptionId = descriptionId;
    }

    /** Every stream that the call has had. */
    public List<CallStream> streams() {
        return List.copyOf(streams);
    }

    /** All lines of the last offer, for finding out whom the metadata says to be heard on them. */
    public List<StreamLine> lines() {
        return lines.stream().map(this::streamLine).toList();
    }

    private StreamLine streamLine(PlannedLine line) {
        int stream = streams.stream()
                .filter(one -> line.accepted() && !one.removed() && one.lineIndex() == line.index())
                .findFirst()
                .map(CallStream::number)
                .orElse(StreamLine.NOT_RECORDED);
        return new StreamLine(line.label().orElse(""), stream);
    }

    public TimeOrigin origin() {
        return origin;
    }

    /** Takes everything back: the call never came to be. */
    public void abandon() {
        Discarded.discard(streams);
    }

    /** The call is over: nothing more is negotiated. */
    public void end(Instant now) {
        streams.forEach(stream -> stream.end(now));
    }

    /** The description that stands, as an offer or to be repeated. */
    public byte[] currentDescription() {
        return SdpWriter.write(answer);
    }

    /** Takes an offer: binds ports for new lines, then changes the known ones. The answer is ready to be sent. */
    public byte[] answer(SessionDescription offer, String localAddress) throws Refusal {
        AnswerPlan plan = OfferAnswer.plan(offer, capabilities(localAddress));
        boolean firstOffer = answer == null;
        if (!plan.acceptable() && (firstOffer || offersMedia(offer))) {
            throw Refusal.notAcceptable(plan.warningCode(), plan.refusalText());
        }
        if (!firstOffer && offer.media().size() < answer.media().size()) {
            throw Refusal.notAcceptable(399, "the offer has fewer m-lines than before (RFC 3264 section 8)");
        }
        Map<PlannedLine, CallStream> known = match(plan.accepted());
        Map<PlannedLine, CallStream> fresh = open(plan.accepted(), known);
        commit(known, fresh);
        lines = plan.lines();
        answer = describe(plan, localAddress);
        return SdpWriter.write(answer);
    }

    /** One c= line describes all of the answer, so media is taken in the family in which the SRC reaches us. */
    private static AnswerCapabilities capabilities(String localAddress) {
        AddressFamily family = localAddress.contains(":") ? AddressFamily.IP6 : AddressFamily.IP4;
        return new AnswerCapabilities(DECODABLE, MAX_STREAMS, Set.of(family));
    }

    private static boolean offersMedia(SessionDescription offer) {
        return offer.media().stream().anyMatch(line -> line.port() != 0);
    }

    /** Finds the stream of each line: by label, else by position (the label's scope is one message, RFC 7865 §6.7.1). */
    private Map<PlannedLine, CallStream> match(List<PlannedLine> lines) {
        Map<PlannedLine, CallStream> matched = new LinkedHashMap<>();
        List<CallStream> unmatched = new ArrayList<>(
                streams.stream().filter(stream -> !stream.removed()).toList());
        for (PlannedLine line : lines) {
            take(
                            unmatched,
                            stream -> line.label().isPresent()
                                    && line.label().get().equals(stream.label()))
                    .ifPresent(stream -> matched.put(line, stream));
        }
        for (PlannedLine line : lines) {
            if (!matched.containsKey(line)) {
                take(unmatched, stream -> stream.lineIndex() == line.index())
                        .ifPresent(stream -> matched.put(line, stream));
            }
        }
        return matched;
    }

    private static Optional<CallStream> take(List<CallStream> from, Predicate<CallStream> wanted) {
        Optional<CallStream> found = from.stream().filter(wanted).findFirst();
        found.ifPresent(from::remove);
        return found;
    }

    private Map<PlannedLine, CallStream> open(List<PlannedLine> lines, Map<PlannedLine, CallStream> known)
            throws Refusal {
        Map<PlannedLine, CallStream> opened = new LinkedHashMap<>();
        try {
            for (PlannedLine line : lines) {
                if (!known.containsKey(line)) {
                    int number = streams.size() + opened.size() + 1;
                    opened.put(line, CallStream.open(plane, origin, folder, number, line, clock.instant()));
                }
            }
            return opened;
        } catch (PortsExhaustedException e) {
            Discarded.discard(opened.values());
            throw new Refusal(503, "No Free RTP Ports", new Header("Retry-After", "10"));
        } catch (IOException e) {
            Discarded.discard(opened.values());
            throw new Refusal(500, "Cannot Open RTP Ports", new Header("Retry-After", "10"));
        }
    }

    private void commit(Map<PlannedLine, CallStream> known, Map<PlannedLine, CallStream> fresh) {
        Instant now = clock.instant();
        for (CallStream stream : streams) {
            if (!stream.removed() && !known.containsValue(stream)) {
                stream.takenAway(now);
            }
        }
        known.forEach((line, stream) -> stream.update(line, now));
        streams.addAll(fresh.values());
    }

    /** The version of o= rises by one when anything else changes (RFC 3264 §8). */
    private SessionDescription describe(AnswerPlan plan, String localAddress) {
        Map<Integer, LocalPorts> ports = new HashMap<>();
        for (CallStream stream : streams) {
            if (!stream.removed()) {
                ports.put(stream.lineIndex(), stream.ports());
            }
        }
        long version = answer == null ? 1 : Long.parseLong(answer.origin().version());
        SessionDescription same = OfferAnswer.answer(plan, origin(version, localAddress), localAddress, ports);
        return answer == null || same.equals(answer)
                ? same
                : OfferAnswer.answer(plan, origin(version + 1, localAddress), localAddress, ports);
    }

    private Origin origin(long version, String localAddress) {
        String addressType = localAddress.contains(":") ? "IP6" : "IP4";
        return new Origin(
                "siprec", Long.toString(descriptionId), Long.toString(version), "IN", addressType, localAddress);
    }
}
