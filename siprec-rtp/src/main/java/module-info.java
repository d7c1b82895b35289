/** RTP reception and recording: sockets, timelines, codecs and files. */
module io.siprec.rtp {
    requires org.slf4j;

    exports io.siprec.rtp;
    exports io.siprec.rtp.codec;
    exports io.siprec.rtp.spi;
    exports io.siprec.rtp.srtp;

    uses io.siprec.rtp.spi.AudioCodec;
}
