package io.siprec.server;

/** How much memory is in use by what is still needed. */
final class Heap {
    /** The serial collector leaves dead objects where they are in three of four full collections. */
    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** Bytes after a collection; finalized first, for the clients' own TLS sockets wait for that. */
    static long bytes() {
        System.gc();
        System.runFinalization();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
