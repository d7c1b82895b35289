package io.siprec.server.internal.media;

import io.siprec.core.history.StreamLine;
import io.siprec.core.sdp.AnswerCapabilities;
import io.siprec.core.sdp.AnswerPlan;
import io.siprec.core.sdp.Direction;
import io.siprec.core.sdp.LocalAddresses;
import io.siprec.core.sdp.LocalPorts;
import io.siprec.core.sdp.OfferAnswer;
import io.siprec.core.sdp.OwnOffer;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.core.sdp.SdpWriter;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.core.sdp.TakenAnswer;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.rtp.TimeOrigin;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.capture.CallCapture;
import io.siprec.server.internal.findings.CallFindings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The streams of one call and the offers and answers that shape them (RFC 3264, RFC 7866 §7). Every offer is a full
 * one: what it does not change stays as it is, and an offer that can't be taken changes nothing. Loop thread only.
 */
public final class CallMedia {
    private static final int MAX_STREAMS = 16; // at a time

    /** In all: an SRC that ends its lines and begins them again has a file for each time. */
    static final int MOST_STREAMS = 1000;

    private final MediaSetup setup;
    private final Clock clock;
    private final boolean signalledOverTls;
    private final CallFindings findings;
    private final OfferFindings oddities;
    private final StreamOpener opener;
    private final LocalDescription description;
    private final TimeOrigin origin = new TimeOrigin();
    private final Pauses pauses = new Pauses();
    private final List<CallStream> streams = new ArrayList<>();
    private List<PlannedLine> lines = List.of(); // as they stand
    private SessionDescription offered; // by us and not answered yet, else null

    /**
     * @param folder of the files
     * @param descriptionId of our descriptions (o=)
     * @param signalledOverTls nobody but the SRC can have read a key in its offers
     * @param events hears of the telephone events of each stream, by its number, on a media loop
     */
    public CallMedia(
            MediaSetup setup,
            Clock clock,
            Path folder,
            long descriptionId,
            boolean signalledOverTls,
            CallFindings findings,
            BiConsumer<Integer, TelephoneEvent> events) {
        this.setup = setup;
        this.signalledOverTls = signalledOverTls;
        this.clock = clock;
        this.findings = findings;
        this.oddities = new OfferFindings(findings);
        this.opener = new StreamOpener(setup, origin, folder, events);
        this.description = new LocalDescription(descriptionId);
    }

    /** Streams that are opened from now on are captured. */
    public void capture(CallCapture capture) {
        opener.capture(capture);
    }

    /** Every stream that the call has had. */
    public List<CallStream> streams() {
        return List.copyOf(streams);
    }

    /** All lines as they stand, for finding out whom the metadata says to be heard on them. */
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

    /** The description that stands, to be repeated. */
    public byte[] currentDescription() {
        return SdpWriter.write(offered == null ? description.standing() : offered);
    }

    /**
     * Takes an offer: binds ports for new lines, then changes the known ones. The answer is ready to be sent.
     *
     * @throws Refusal to be sent instead; nothing has changed then
     */
    public byte[] answer(SessionDescription offer, String localAddress) throws Refusal {
        if (offered != null) {
            throw new Refusal(491, "Request Pending"); // ours is still open (RFC 3261 §14.2)
        }
        LocalAddresses local = setup.addresses().of(offer, localAddress);
        AnswerCapabilities capabilities = capabilities(local);
        AnswerPlan plan = OfferAnswer.plan(offer, capabilities);
        if (!plan.acceptable() && (description.isFirst() || offersMedia(offer))) {
            throw Refusal.notAcceptable(plan.warningCode(), plan.refusalText());
        }
        if (offer.media().isEmpty() && recordsAnything()) {
            throw Refusal.notAcceptable(399, "an offer without m-lines in a session that has some"); // RFC 3264 §8
        }
        Map<Integer, CallStream> known = StreamMatch.of(plan.accepted(), streams);
        AnswerPlan held = withHolds(withOurKeys(plan, known), known);
        List<PlannedLine> added = held.accepted().stream()
                .filter(line -> !known.containsKey(line.index()))
                .toList();
        if (streams.size() + added.size() > MOST_STREAMS) {
            throw Refusal.notAcceptable(399, "more than " + MOST_STREAMS + " streams in one session");
        }
        List<CallStream> fresh = opener.open(added, local, streams.size() + 1, pauses, clock.instant());
        commit(held, known, fresh);
        if (!description.isFirst()) {
            oddities.fewerLines(description.standing(), offer);
        }
        lines = held.lines();
        oddities.accepted(plan, capabilities);
        if (!signalledOverTls) {
            oddities.keysInClear(plan);
        }
        description.agree(describe(held, local));
        return currentDescription();
    }

    /**
     * An offer of ours, for a request of the SRC that came without one or for a re-INVITE of ours: the lines that stand, held
     * where we pause, else recvonly. Before anything was agreed: new lines in all formats that can be recorded, open from now
     * on. It waits for {@link #acceptAnswer} or {@link #rollback}; meanwhile an offer of the SRC is refused with 491.
     */
    public byte[] offer(String localAddress) throws Refusal {
        return offerWithout(Set.of(), localAddress);
    }

    /** The same offer, which also ends the streams of these numbers, once it is answered. */
    public byte[] offerWithout(Set<Integer> numbers, String localAddress) throws Refusal {
        if (description.isFirst()) {
            offered = firstOffer(localAddress);
        } else {
            SessionDescription standing = description.standing();
            offered = description.next(
                    localAddress, ours -> OwnOffer.again(standing, ours, index -> offeredDirection(index, numbers)));
        }
        return currentDescription();
    }

    /** True while an offer of ours waits for its answer. */
    public boolean offering() {
        return offered != null;
    }

    /**
     * Takes the answer to our offer, however odd; what was odd becomes a finding.
     *
     * @return false when no line is left to be recorded
     */
    public boolean acceptAnswer(SessionDescription answer) {
        if (offered != null) { // else an answer to nothing
            take(OfferAnswer.take(
                    offered,
                    answer,
                    capabilities(LocalAddresses.of(offered.origin().address()))));
            description.agree(offered);
            offered = null;
        }
        return recordsAnything();
    }

    /** Our offer was refused: all is as before (RFC 3261 §14.1). A pause that it told of goes on. */
    public void rollback() {
        if (offered != null && description.isFirst()) {
            abandon();
            streams.clear();
        }
        offered = null;
    }

    /** Holds all streams, also those to come: from now on nothing of them is recorded. Tell the SRC by {@link #offer}. */
    public void pauseAll() {
        pauses.pauseAll();
        applyPauses();
    }

    /** Holds the streams of these numbers. */
    public void pause(Collection<Integer> numbers) {
        pauses.pause(numbers);
        applyPauses();
    }

    /** Records all streams again that the SRC does not hold. */
    public void resumeAll() {
        pauses.resumeAll();
        applyPauses();
    }

    /** Records the streams of these numbers again. */
    public void resume(Collection<Integer> numbers) {
        pauses.resume(numbers, streams.stream().map(CallStream::number).toList());
        applyPauses();
    }

    private void applyPauses() {
        Instant now = clock.instant();
        streams.stream()
                .filter(stream -> !stream.removed())
                .forEach(stream -> stream.pause(pauses.paused(stream.number()), now));
    }

    private boolean recordsAnything() {
        return streams.stream().anyMatch(stream -> !stream.removed());
    }

    private AnswerCapabilities capabilities(LocalAddresses addresses) {
        return new AnswerCapabilities(
                Recordable.ENCODINGS,
                MAX_STREAMS,
                addresses.families(),
                LineSecurity.capabilities(setup.security(), signalledOverTls));
    }

    private static boolean offersMedia(SessionDescription offer) {
        return offer.media().stream().anyMatch(line -> line.port() != 0);
    }

    /** The plan with the keys that we have for the streams that go on. */
    private static AnswerPlan withOurKeys(AnswerPlan plan, Map<Integer, CallStream> known) {
        List<PlannedLine> lines = plan.lines().stream()
                .map(line -> known.containsKey(line.index())
                        ? LineSecurity.keepingKey(line, known.get(line.index()).crypto())
                        : line)
                .toList();
        return new AnswerPlan(plan.offer(), lines);
    }

    /** The plan with those lines inactive that an unspecified address holds (RFC 3264 §8.4). */
    private AnswerPlan withHolds(AnswerPlan plan, Map<Integer, CallStream> known) {
        List<PlannedLine> lines = new ArrayList<>();
        for (PlannedLine line : plan.lines()) {
            CallStream stream = known.get(line.index());
            boolean unspecified = line.accepted() && line.unspecifiedAddress(plan.offer());
            boolean held = unspecified && stream != null && stream.wasAddressed();
            if (held) {
                oddities.heldByAddress(line);
            } else if (unspecified && line.direction() == Direction.RECVONLY) {
                oddities.unspecifiedAddress(line);
            }
            lines.add(held ? line.inactive() : line);
        }
        return new AnswerPlan(plan.offer(), lines);
    }

    private void commit(AnswerPlan plan, Map<Integer, CallStream> known, List<CallStream> fresh) {
        Instant now = clock.instant();
        for (CallStream stream : streams) {
            if (!stream.removed() && !known.containsValue(stream)) {
                stream.takenAway(now);
            }
        }
        known.forEach((index, stream) -> stream.update(plan.lines().get(index), now));
        streams.addAll(fresh);
    }

    private void take(TakenAnswer answer) {
        findings.addAll(answer.findings());
        lines = answer.lines();
        Instant now = clock.instant();
        for (PlannedLine line : answer.lines()) {
            streamAt(line.index()).ifPresent(stream -> {
                if (line.accepted()) {
                    stream.update(line, now);
                } else {
                    stream.takenAway(now);
                }
            });
        }
    }

    private Optional<CallStream> streamAt(int lineIndex) {
        return streams.stream()
                .filter(stream -> !stream.removed() && stream.lineIndex() == lineIndex)
                .findFirst();
    }

    private SessionDescription firstOffer(String localAddress) throws Refusal {
        if (setup.security().secureOnly()) {
            throw Refusal.notAcceptable(
                    302, "only encrypted media is recorded here, and we offer none: send an offer of RTP/SAVP");
        }
        lines = IntStream.range(0, setup.offeredStreams())
                .mapToObj(index -> PlannedLine.own(index, Recordable.OFFERED))
                .toList();
        LocalAddresses addresses = LocalAddresses.of(localAddress);
        streams.addAll(opener.open(lines, addresses, 1, pauses, clock.instant()));
        List<LocalPorts> ports = streams.stream().map(CallStream::ports).toList();
        SessionDescription first =
                description.next(localAddress, ours -> OwnOffer.first(ours, addresses, Recordable.OFFERED, ports));
        return OwnOffer.again(first, first.origin(), index -> offeredDirection(index, Set.of()));
    }

    private Optional<Direction> offeredDirection(int lineIndex, Set<Integer> ended) {
        Optional<CallStream> stream = streamAt(lineIndex).filter(one -> !ended.contains(one.number()));
        return stream.map(one -> one.paused() ? Direction.INACTIVE : Direction.RECVONLY);
    }

    private SessionDescription describe(AnswerPlan plan, LocalAddresses local) {
        Map<Integer, LocalPorts> ports = new HashMap<>();
        List<PlannedLine> answered = new ArrayList<>(plan.lines());
        for (CallStream stream : streams) {
            if (!stream.removed()) {
                ports.put(stream.lineIndex(), stream.ports());
                if (stream.paused()) {
                    answered.set(
                            stream.lineIndex(), answered.get(stream.lineIndex()).inactive());
                }
            }
        }
        AnswerPlan paused = new AnswerPlan(plan.offer(), answered);
        return description.next(local.main(), ours -> OfferAnswer.answer(paused, ours, local, ports));
    }
}
