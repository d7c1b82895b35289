package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.attributes.CallAttributes;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionLink;
import io.siprec.core.session.SessionPeer;
import io.siprec.core.session.SessionState;
import io.siprec.server.internal.body.KeptParts;
import io.siprec.server.internal.capture.CallCapture;
import io.siprec.server.internal.files.KeptFiles;
import io.siprec.server.internal.files.RecordingDirectory;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.links.CallLinks;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.server.internal.metadata.CallMetadata;
import io.siprec.server.internal.metadata.MetadataPolicy;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What is known of one recording session, and how it becomes known to others. Loop thread only. */
final class CallState {
    private final CallServices services;
    private final SessionId id;
    private final Instant startedAt;
    private final SessionPeer peer;
    private final String directory;
    private final CallFindings findings = new CallFindings();
    private final FindingEvents findingEvents = new FindingEvents();
    private final CallAttributes attributes;
    private final CallMetadata metadata;
    private final CallLinks links;
    private final KeptParts parts;
    private final CallMedia media;
    private final TelephoneEventFeed telephoneEvents = new TelephoneEventFeed();
    private Optional<CallCapture> capture = Optional.empty();
    private RecordingSession published; // what others know, null before the start
    private KeptFiles publishedFiles;

    /** @param neighbour is told a link for each session that belongs to the same call */
    CallState(CallServices services, ServerInvite invite, BiConsumer<SessionId, SessionLink> neighbour) {
        this.services = services;
        Instant arrivedAt = services.clock().instant();
        MetadataPolicy policy = services.metadataPolicy();
        this.startedAt = MessageTime.of(invite.request(), arrivedAt, findings);
        this.id = SessionId.create(arrivedAt.toEpochMilli());
        this.peer = policy.peer(peer(invite));
        this.directory = RecordingDirectory.relative(id, arrivedAt);
        this.links = new CallLinks(id, services.links(), neighbour);
        this.attributes = new CallAttributes(services.attributeHeaders());
        this.metadata = new CallMetadata(this::keep, policy, findings);
        this.parts = new KeptParts(policy.keepsNames(), this::keep, findings);
        Path folder = services.directory().resolve(directory);
        this.media = new CallMedia(
                services.media(),
                services.clock(),
                folder,
                arrivedAt.toEpochMilli(),
                invite.source().transport() == Transport.TLS,
                findings,
                (stream, event) -> {
                    telephoneEvents.add(stream, event);
                    invite.loop().execute(this::heard);
                });
    }

    SessionId id() {
        return id;
    }

    /** Captures the call from its INVITE on, if calls are. */
    void capture(ServerInvite invite) {
        Path folder = services.directory().resolve(directory);
        SipRequest request = invite.request();
        capture = services.captures().open(folder, request.callId(), request.toBytes(), invite.source());
        capture.ifPresent(media::capture);
    }

    /** The capture, if there is one. */
    Optional<CallCapture> capture() {
        return capture;
    }

    CallMedia media() {
        return media;
    }

    CallFindings findings() {
        return findings;
    }

    FindingEvents findingEvents() {
        return findingEvents;
    }

    CallAttributes attributes() {
        return attributes;
    }

    CallMetadata metadata() {
        return metadata;
    }

    KeptParts parts() {
        return parts;
    }

    /** What was kept of what the SRC sent beside audio. */
    KeptFiles kept() {
        return new KeptFiles(metadata.files(), parts.files());
    }

    private void keep(String name, byte[] document) {
        services.files().keep(id, directory, name, document);
    }

    /** Another session belongs to the same call; false if that is known. */
    boolean linked(SessionLink link) {
        return links.add(link);
    }

    /** The session has begun. */
    void started(SipDialog dialog) {
        RecordingSession session = recording(dialog);
        publish(session);
        services.events().started(session);
        findingEvents.look(session, services.events());
    }

    /** Something about the session may have changed; a mere refresh costs no store, manifest and listener anything. */
    void changed(SipDialog dialog) {
        RecordingSession session = recording(dialog);
        if (!session.equals(published) || !kept().equals(publishedFiles)) {
            publish(session);
            services.events().changed(session);
        }
        findingEvents.look(session, services.events());
    }

    /** Telephone events wait; the call may not be, or no more. */
    private void heard() {
        if (published != null && published.state() == SessionState.RECORDING && !telephoneEvents.isEmpty()) {
            services.events().heard(published, telephoneEvents);
            writeManifest();
        }
    }

    TelephoneEventFeed telephoneEvents() {
        return telephoneEvents;
    }

    private RecordingSession recording(SipDialog dialog) {
        metadata.attribute(media.lines(), services.clock().instant());
        return view(dialog, SessionState.RECORDING, Optional.empty(), Optional.empty());
    }

    /** The dialog is over; files are still to be finished. */
    RecordingSession ending(SipDialog dialog, Optional<SipRequest> bye, EndCause cause) {
        Instant now = services.clock().instant();
        metadata.attribute(media.lines(), now); // some SRCs tell who it was in their BYE
        media.end(now);
        metadata.end(now);
        Instant endedAt = bye.map(message -> MessageTime.of(message, now, findings))
                .filter(time -> !time.isBefore(startedAt))
                .orElse(now);
        RecordingSession session = view(dialog, SessionState.FINISHING, Optional.of(endedAt), Optional.of(cause));
        publish(session);
        services.events().changed(session);
        findingEvents.look(session, services.events());
        links.end();
        return session;
    }

    private RecordingSession view(
            SipDialog dialog, SessionState state, Optional<Instant> endedAt, Optional<EndCause> cause) {
        links.look(metadata.communicationSessions(), attributes.list());
        return new RecordingSession(
                id,
                dialog.callId(),
                dialog.localTag(),
                dialog.remoteTag(),
                state,
                startedAt,
                endedAt,
                cause,
                peer,
                directory,
                services.metadataPolicy().attributes(attributes.list()),
                metadata.known(),
                metadata.communicationSessions(),
                metadata.participants(),
                media.streams().stream()
                        .map(stream -> stream.view(metadata.attributions(stream.number())))
                        .toList(),
                links.list(),
                findings.list());
    }

    /** Makes a state known to the table, the store and the manifest. */
    private void publish(RecordingSession session) {
        published = session;
        publishedFiles = kept();
        services.sessions().put(session);
        services.store().save(session);
        writeManifest();
    }

    private void writeManifest() {
        services.files().manifest(CallFinish.manifest(services, published, media, publishedFiles));
    }

    private static SessionPeer peer(ServerInvite invite) {
        SipRequest request = invite.request();
        return new SessionPeer(
                invite.source().transport().name(),
                HostPort.text(invite.source().remote()),
                request.header("From").orElse(""),
                request.header("To").orElse(""),
                request.requestUri(),
                request.header("User-Agent").orElse(""));
    }
}
