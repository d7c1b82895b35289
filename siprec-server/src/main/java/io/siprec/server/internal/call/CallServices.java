package io.siprec.server.internal.call;

import io.siprec.core.attributes.HeaderPatterns;
import io.siprec.server.internal.capture.Captures;
import io.siprec.server.internal.files.Mixes;
import io.siprec.server.internal.files.RecordingDirectory;
import io.siprec.server.internal.files.SessionFiles;
import io.siprec.server.internal.links.LinkIndex;
import io.siprec.server.internal.media.MediaSetup;
import io.siprec.server.internal.metadata.MetadataPolicy;
import io.siprec.server.internal.recognition.Recognition;
import io.siprec.server.internal.rules.SessionRules;
import io.siprec.server.internal.work.SessionStoreWorker;
import java.time.Clock;

/**
 * What all calls of a server share.
 *
 * @param node the name of this server in manifests and in the store
 * @param clock for wall-clock times
 * @param mixes of ended sessions
 * @param verdicts on them
 * @param captures of the packets of calls
 * @param links finds the sessions of one call
 * @param recognition which INVITEs are recorded, and how strictly messages are read
 * @param attributeHeaders header fields that become call attributes as they are
 * @param rules how long sessions may last
 * @param metadataPolicy what is kept of what SRCs say
 */
public record CallServices(
        String node,
        Clock clock,
        MediaSetup media,
        RecordingDirectory directory,
        SessionFiles files,
        Mixes mixes,
        Verdicts verdicts,
        Captures captures,
        SessionStoreWorker store,
        SessionEvents events,
        SessionTable sessions,
        LinkIndex links,
        Recognition recognition,
        HeaderPatterns attributeHeaders,
        SessionRules rules,
        MetadataPolicy metadataPolicy) {}
