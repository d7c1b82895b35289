package io.siprec.sip.internal.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/** How a listening socket holds its port: alone, or with those of the other loops (SO_REUSEPORT). */
public enum PortUse {
    /** No other socket may have the port. */
    ALONE,
    /** No other socket may have the port yet, so that another program's is found out; the next ones may. */
    FIRST,
    /** The first one has the port already. */
    NEXT;

    /** Before the bind. */
    void prepare(NetworkChannel channel) throws IOException {
        if (this == NEXT) {
            share(channel);
        }
    }

    /** After the bind: an option that comes this late lets others in, but did not let us in with them. */
    void opened(NetworkChannel channel) throws IOException {
        if (this == FIRST) {
            share(channel);
        }
    }

    private static void share(NetworkChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            throw new IOException("this system has no SO_REUSEPORT, which more than one loop needs");
        }
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
}
