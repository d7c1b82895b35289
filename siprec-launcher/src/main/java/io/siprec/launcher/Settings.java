package io.siprec.launcher;

import io.siprec.sip.auth.DigestSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * What the launcher is told by its environment.
 *
 * @param sipHost local address for SIP, RTP and HTTP; "0.0.0.0" for all
 * @param ports SIP ports, each over UDP and TCP
 * @param sipLoops threads that share the signalling
 * @param recordingDirectory where recordings go
 * @param rtpPortMin first RTP port
 * @param rtpPortMax last RTP port
 * @param tls SIP over TLS; empty for none
 * @param authentication who may call; empty for anybody
 * @param timers session timers of calls
 * @param recognition which calls are recorded
 * @param security what is asked of that of calls
 * @param rtp how RTP is received
 * @param rules how long sessions may last
 * @param files how audio is written
 * @param metadata what is kept of it
 * @param store where sessions are kept
 * @param guard who may send, and how much
 * @param trace where SIP messages are shown
 * @param httpPort where health is told
 * @param logLevel what is logged
 * @param logFormat how
 */
record Settings(
        String sipHost,
        List<Integer> ports,
        int sipLoops,
        Path recordingDirectory,
        int rtpPortMin,
        int rtpPortMax,
        Optional<SipTlsSettings> tls,
        Optional<DigestSettings> authentication,
        TimerSettings timers,
        RecognitionSettings recognition,
        SecurityPolicy security,
        RtpRules rtp,
        RuleSettings rules,
        FileSettings files,
        MetadataSettings metadata,
        StoreSettings store,
        GuardSettings guard,
        TraceSettings trace,
        int httpPort,
        Level logLevel,
        LogFormat logFormat) {

    private static final int MAX_SIP_LOOPS = 64; // each holds sockets and buffers: more than cores only cost

    /** How log lines look. */
    enum LogFormat {
        /** One line a person reads. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /**
     * Reads the environment; what is absent or empty has its default.
     *
     * @param onTerminal whether a person watches: decides the default log format
     * @throws SettingsException with a line for each setting that can't be used
     */
    static Settings of(Map<String, String> environment, boolean onTerminal) throws SettingsException {
        SettingsReader reader = new SettingsReader(environment);
        Optional<SipTlsSettings> tls = SipTlsSettings.of(reader);
        Settings settings = new Settings(
                reader.text("SIP_HOST", "0.0.0.0"),
                reader.ports("PORTS", "5060,5061"),
                reader.number("SIP_LOOPS", 1, 1, MAX_SIP_LOOPS),
                reader.path("RECORDING_DIR", "recordings"),
                reader.port("RTP_PORT_MIN", 10_000),
                reader.port("RTP_PORT_MAX", 20_000),
                tls,
                AuthSettings.of(reader),
                TimerSettings.of(reader),
                RecognitionSettings.of(reader),
                SecurityPolicy.of(reader, tls.isPresent()),
                RtpRules.of(reader),
                RuleSettings.of(reader),
                FileSettings.of(reader),
                MetadataSettings.of(reader),
                StoreSettings.of(reader),
                GuardSettings.of(reader),
                TraceSettings.of(reader),
                reader.port("HTTP_PORT", 8080),
                reader.choice("LOG_LEVEL", Level.class, Level.INFO),
                reader.choice("LOG_FORMAT", LogFormat.class, onTerminal ? LogFormat.TEXT : LogFormat.JSON));
        reader.range("RTP_PORT_MIN", settings.rtpPortMin, "RTP_PORT_MAX", settings.rtpPortMax);
        settings.files.capture().checkAgainst(settings.metadata, reader);
        reader.throwIfWrong();
        return settings;
    }
}
