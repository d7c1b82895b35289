/** A synthetic session recording client and other helpers for tests. */
module io.siprec.testkit {
    requires io.siprec.core;
    requires transitive io.siprec.rtp;
    requires transitive io.siprec.sip;
    requires org.slf4j;

    exports io.siprec.testkit;
}
