/** The embeddable session recording server. */
@SuppressWarnings("requires-automatic") // Micrometer's jar is no module yet
module io.siprec.server {
    requires transitive io.siprec.core;
    requires transitive io.siprec.sip;
    requires transitive io.siprec.rtp;
    requires static micrometer.core; // for SiprecMetrics alone, whose users require it themselves
    requires jdk.management;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports io.siprec.server;
}
