package io.siprec.server;

/** How much memory is in use by what is still needed. */
final class Heap {
    private Heap() {}

    /** Bytes after a collection; twice, for the clients' own TLS sockets are only gone once they were finalized. */
    static long bytes() {
        System.gc();
        System.runFinalization();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
