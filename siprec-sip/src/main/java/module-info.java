/** A SIP stack (RFC 3261): messages, transports, transactions and dialogs. */
module io.siprec.sip {
    requires org.slf4j;

    exports io.siprec.sip;
    exports io.siprec.sip.auth;
    exports io.siprec.sip.guard;
    exports io.siprec.sip.message;
    exports io.siprec.sip.trace;
    exports io.siprec.sip.transport;
}
