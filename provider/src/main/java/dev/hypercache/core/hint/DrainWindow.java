package dev.hypercache.core.hint;

/**
 * How many bytes of missed records may be on their way to one node at once, from all slots together.
 *
 * <p>Grows with every answer and is halved when one fails to come, as the window of a TCP connection: a node that just came
 * back gets as much as it can take. Whoever guards the ledger guards it.
 */
final class DrainWindow {

    /** The least that may be under way: a node that does not answer is asked with so much. */
    static final long BYTES_MIN = 16 * 1024;

    /** The most that may be under way: four batches of 256 KiB. */
    static final long BYTES_MAX = 4 * 256 * 1024;

    private long underWay;
    private long size = 4 * BYTES_MIN;

    /** Takes room for a record; one record always fits into an empty window, however large it is. */
    boolean take(long bytes) {
        boolean fits = underWay == 0 || underWay + bytes <= size;
        underWay += fits ? bytes : 0;
        return fits;
    }

    /** A record arrived. */
    void arrived(long bytes) {
        underWay -= bytes;
        size = Math.min(BYTES_MAX, size + bytes);
    }

    /** No answer came for a record. */
    void lost(long bytes) {
        underWay -= bytes;
        size = Math.max(BYTES_MIN, size / 2);
    }

    /** A record need not arrive any more. */
    void given(long bytes) {
        underWay -= bytes;
    }

    /** The bytes under way. */
    long underWay() {
        return underWay;
    }

    /** The bytes that may be under way. */
    long size() {
        return size;
    }
}
