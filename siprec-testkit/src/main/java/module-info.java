/** A synthetic session recording client and other helpers for tests. */
module io.siprec.testkit {
    requires transitive io.siprec.core;
    requires transitive io.siprec.rtp;
    requires transitive io.siprec.sip;
    requires static org.junit.jupiter.api;
    requires org.slf4j;

    exports io.siprec.testkit;
}
