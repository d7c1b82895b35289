/** The embeddable session recording server. */
module io.siprec.server {
    requires transitive io.siprec.core;
    requires io.siprec.rtp;
    requires io.siprec.sip;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
}
