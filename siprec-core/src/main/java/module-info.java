/** MIME bodies, SDP, recording metadata (RFC 7865), the session model and the session store SPI. */
module io.siprec.core {
    requires com.ctc.wstx;
    requires com.fasterxml.jackson.databind;
    requires java.xml;
    requires org.slf4j;

    exports io.siprec.core;
    exports io.siprec.core.attributes;
    exports io.siprec.core.history;
    exports io.siprec.core.metadata;
    exports io.siprec.core.mime;
    exports io.siprec.core.sdp;
    exports io.siprec.core.session;
    exports io.siprec.core.snapshot;
    exports io.siprec.core.spi;

    uses io.siprec.core.spi.SessionStoreFactory;

    provides io.siprec.core.spi.SessionStoreFactory with
            io.siprec.core.spi.InMemorySessionStoreFactory;
}
