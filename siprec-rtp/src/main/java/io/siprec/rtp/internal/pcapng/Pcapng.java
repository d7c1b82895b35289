package io.siprec.rtp.internal.pcapng;

/** Numbers of the format (draft-ietf-opsawg-pcapng). */
final class Pcapng {
    static final int SECTION_HEADER = 0x0A0D0D0A;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int ENHANCED_PACKET = 6;
    static final int JOURNAL_ENTRY = 9; // systemd Journal Export Block (§4.7)

    static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    static final int LINKTYPE_RAW = 101; // IPv4 or IPv6, as its first four bits say
    static final int NANOSECONDS = 9; // of if_tsresol: 10^-9 s

    static final int OPTION_END = 0;
    static final int OPTION_COMMENT = 1;
    static final int SHB_USER_APPLICATION = 4;
    static final int IF_NAME = 2;
    static final int IF_TIMESTAMP_RESOLUTION = 9;
    static final int EPB_FLAGS = 2;
    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    /** Type and length at the begin, length at the end. */
    static final int FRAME_BYTES = 12;

    private Pcapng() {}

    /** To the next multiple of 4. */
    static int padded(int bytes) {
        return bytes + 3 & ~3;
    }
}
