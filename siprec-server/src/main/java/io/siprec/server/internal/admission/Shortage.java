package io.siprec.server.internal.admission;

/** Too little of something: from below a mark on, until there is enough again, so that it does not flap. Any thread. */
final class Shortage {
    private final long mark;
    private final long enough;
    private volatile boolean present;

    Shortage(long mark, long enough) {
        this.mark = mark;
        this.enough = enough;
    }

    /** Whether it is too little, given what is left now. */
    boolean present(long left) {
        present = present ? left < enough : left < mark;
        return present;
    }
}
