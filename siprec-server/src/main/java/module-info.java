/** The embeddable session recording server. */
module io.siprec.server {
    requires transitive io.siprec.core;
    requires transitive io.siprec.sip;
    requires transitive io.siprec.rtp;
    requires jdk.management;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports io.siprec.server;
}
