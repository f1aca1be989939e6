package dev.hypercache.topology.local;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * The one list of changes of a ring inside one JVM.
 *
 * <p>Holds what came after the last checkpoint: at most {@value #CHANGES_MAX} changes of {@value #BYTES_MAX} bytes in sum.
 * An append beyond that fails until a member hands over a checkpoint. Safe for any threads; the lock covers list operations
 * only.
 */
public final class LocalTopology {

    /** The most changes held since the last checkpoint. */
    static final int CHANGES_MAX = 65_536;

    /** The most bytes held since the last checkpoint. */
    static final int BYTES_MAX = 64 << 20;

    private final Object lock = new Object();
    private final List<TopologyChange> changes = new ArrayList<>();
    private long bytes;
    private TopologyPage.@Nullable Checkpoint checkpoint;

    /** The members that take part: as many as the JVM runs nodes of the ring. */
    private final Set<LocalTopologyLog> members = new CopyOnWriteArraySet<>();

    /** Opens the log for a further member, which starts and closes it. */
    public TopologyLog open() {
        return new LocalTopologyLog(this);
    }

    void join(LocalTopologyLog member) {
        members.add(member);
    }

    void leave(LocalTopologyLog member) {
        members.remove(member);
    }

    AppendOutcome append(long expectedIndex, Payload change) {
        AppendOutcome outcome;
        synchronized (lock) {
            long last = lastIndex();
            if (last != expectedIndex) {
                return new AppendOutcome.Conflict(last);
            }
            if (changes.size() >= CHANGES_MAX || bytes + change.length() > BYTES_MAX) {
                throw new TopologyUnavailableException(
                        "The topology log holds " + changes.size() + " changes of " + bytes
                                + " bytes since its last checkpoint and takes no more until the next one.",
                        false,
                        null);
            }
            changes.add(new TopologyChange(last + 1, Payload.of(change.toBytes())));
            bytes += change.length();
            outcome = new AppendOutcome.Appended(last + 1);
        }
        for (LocalTopologyLog member : members) {
            member.advance(expectedIndex + 1);
        }
        return outcome;
    }

    TopologyPage read(long fromIndex, int changesMax) {
        synchronized (lock) {
            long forgotten = forgottenIndex();
            TopologyPage.Checkpoint needed = fromIndex <= forgotten ? checkpoint : null;
            long from = Math.max(fromIndex - 1, forgotten) - forgotten;
            int begin = (int) Math.min(from, changes.size());
            int end = (int) Math.min((long) begin + changesMax, changes.size());
            return new TopologyPage(needed, changes.subList(begin, end));
        }
    }

    long last() {
        synchronized (lock) {
            return lastIndex();
        }
    }

    void checkpoint(long index, Payload state) {
        synchronized (lock) {
            if (index > lastIndex()) {
                throw new IllegalArgumentException(
                        "checkpoint at index " + index + ", but the log ends at index " + lastIndex() + ".");
            }
            long forgotten = forgottenIndex();
            if (index <= forgotten) {
                return;
            }
            List<TopologyChange> summedUp = changes.subList(0, (int) (index - forgotten));
            for (TopologyChange change : summedUp) {
                bytes -= change.change().length();
            }
            summedUp.clear();
            checkpoint = new TopologyPage.Checkpoint(index, Payload.of(state.toBytes()));
        }
    }

    private long forgottenIndex() {
        return checkpoint == null ? 0 : checkpoint.index();
    }

    private long lastIndex() {
        return forgottenIndex() + changes.size();
    }
}
