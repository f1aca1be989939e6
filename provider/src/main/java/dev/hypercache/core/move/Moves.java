package dev.hypercache.core.move;

import java.util.HashSet;
import java.util.Set;

/**
 * The transfers of one node: the copies that it fills at other nodes, of all slots that it leads.
 *
 * <p>At every moment {@code begun = completed + failed + open}. Bounded by {@link MoveLimits#slotsMax}. Where slots are guarded
 * by locks of their own, whoever shares this among them overrides each method by one that is guarded.
 */
public class Moves {

    private record Session(int slot, int receiver) {}

    private final MoveLimits limits;
    private final Throttle throttle;
    private final Set<Session> open = new HashSet<>();
    private long begun;
    private long completed;
    private long records;
    private long bytes;
    private long retries;

    /** @param limits what bounds them */
    public Moves(MoveLimits limits) {
        this.limits = limits;
        this.throttle = new Throttle(limits.bytesPerSecond());
    }

    /**
     * Begins to fill a copy.
     *
     * @return false if so many are being filled that this one has to wait
     */
    public boolean begin(int slot, int receiver) {
        if (!hasRoom()) {
            return false;
        }
        if (open.add(new Session(slot, receiver))) {
            begun++;
        }
        return true;
    }

    /** Whether one more copy may be filled. */
    protected final boolean hasRoom() {
        return open.size() < limits.slotsMax();
    }

    /** A copy holds everything; of no consequence if it is not being filled. */
    public void completed(int slot, int receiver) {
        if (open.remove(new Session(slot, receiver))) {
            completed++;
        }
    }

    /** A copy is filled no more, by this leader at least; of no consequence if it is not being filled. */
    public void failed(int slot, int receiver) {
        open.remove(new Session(slot, receiver));
    }

    /**
     * Takes a part of what may be sent in a second.
     *
     * @param size the bytes of a record
     * @param again whether it was sent before
     * @param nowMillis the steady clock
     * @return false if it has to wait
     */
    public boolean take(long size, boolean again, long nowMillis) {
        boolean passes = throttle.take(size, nowMillis);
        if (passes) {
            records++;
            bytes += size;
            retries += again ? 1 : 0;
        }
        return passes;
    }

    /** What was counted so far. */
    public MoveCounts counts() {
        return new MoveCounts(
                begun,
                completed,
                begun - completed - open.size(),
                open.size(),
                records,
                bytes,
                retries,
                throttle.throttledMillis());
    }
}
