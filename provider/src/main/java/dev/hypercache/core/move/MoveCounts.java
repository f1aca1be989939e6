package dev.hypercache.core.move;

/**
 * What came of the transfers of a node.
 *
 * @param begun all that were begun
 * @param completed those whose receiver held everything
 * @param failed those that ended before: the receiver was silent, or is to learn no more, or this node leads no more. Who leads
 *     then begins anew
 * @param open those under way
 * @param records records sent
 * @param bytes their bytes, about
 * @param retries records sent again, since no answer came
 * @param throttledMillis how long transfers waited for the limit of bytes per second, in sum
 */
public record MoveCounts(
        long begun,
        long completed,
        long failed,
        long open,
        long records,
        long bytes,
        long retries,
        long throttledMillis) {

    /** Whether none ended without being counted. */
    public boolean isConserved() {
        return begun == completed + failed + open;
    }
}
