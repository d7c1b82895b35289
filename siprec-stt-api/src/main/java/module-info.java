/** The speech-to-text SPI: what a provider of transcripts implements. */
module io.siprec.stt {
    exports io.siprec.stt;
    exports io.siprec.stt.spi;
}
