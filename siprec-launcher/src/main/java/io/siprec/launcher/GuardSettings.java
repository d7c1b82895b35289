package io.siprec.launcher;

import io.siprec.sip.guard.CidrBlock;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.guard.SipGuard.UnknownSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may send to us and how much. The default rates are what one SBC that sends all calls won't reach: they stop a flood, not
 * a busy hour.
 *
 * @param allow who may send; empty for everybody
 * @param deny who may not
 * @param unknownSource what the others get when there is an allow list
 * @param messagesPerSource a second; 0 for no limit, as with the next three
 * @param invitesPerSource new INVITEs a second
 * @param messagesInTotal a second, of all sources
 * @param invitesInTotal new INVITEs a second, of all sources
 */
record GuardSettings(
        List<CidrBlock> allow,
        List<CidrBlock> deny,
        UnknownSource unknownSource,
        int messagesPerSource,
        int invitesPerSource,
        int messagesInTotal,
        int invitesInTotal) {
    static final GuardSettings DEFAULT =
            new GuardSettings(List.of(), List.of(), UnknownSource.DROP, 20_000, 5_000, 0, 0);

    static GuardSettings of(SettingsReader reader) {
        return new GuardSettings(
                blocks(reader, "SIP_ALLOW"),
                blocks(reader, "SIP_DENY"),
                unknownSource(reader),
                rate(reader, "SIP_RATE_PER_SOURCE", DEFAULT.messagesPerSource),
                rate(reader, "SIP_INVITE_RATE_PER_SOURCE", DEFAULT.invitesPerSource),
                rate(reader, "SIP_RATE_TOTAL", DEFAULT.messagesInTotal),
                rate(reader, "SIP_INVITE_RATE_TOTAL", DEFAULT.invitesInTotal));
    }

    private static int rate(SettingsReader reader, String name, int fallback) {
        return reader.number(name, fallback, 0, SipGuard.MAX_RATE);
    }

    private static List<CidrBlock> blocks(SettingsReader reader, String name) {
        String value = reader.text(name, "");
        List<CidrBlock> blocks = new ArrayList<>();
        for (String item : value.isEmpty() ? new String[0] : value.split(",", -1)) {
            try {
                blocks.add(CidrBlock.parse(item));
            } catch (IllegalArgumentException e) {
                reader.wrong(
                        name,
                        value,
                        "'" + item.trim() + "': " + e.getMessage()
                                + "; use addresses and blocks with commas, as in 192.0.2.7,10.0.0.0/8,2001:db8::/32");
            }
        }
        return List.copyOf(blocks);
    }

    private static UnknownSource unknownSource(SettingsReader reader) {
        String value = reader.text("SIP_UNKNOWN_SOURCE", "drop");
        if (value.equals("403")) {
            return UnknownSource.FORBID;
        }
        if (!value.equalsIgnoreCase("drop")) {
            reader.wrong("SIP_UNKNOWN_SOURCE", value, "unknown; use one of drop, 403");
        }
        return UnknownSource.DROP;
    }

    SipGuard guard() {
        return SipGuard.builder()
                .allow(allow)
                .deny(deny)
                .unknownSource(unknownSource)
                .messagesPerSource(messagesPerSource)
                .invitesPerSource(invitesPerSource)
                .messagesInTotal(messagesInTotal)
                .invitesInTotal(invitesInTotal)
                .build();
    }
}
