package dev.hypercache.runtime;

import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.spi.storage.RetentionLimits;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds of one key are granted and lost as if callers came one after the other; nobody waits here. */
@Tag("lincheck")
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class HoldLincheckTest {

    private static final int THREADS_MAX = 8;
    private static final String KEY = "key";

    private final LocalClient client =
            TestNode.patient("lincheck").openClient("cache", RetentionLimits.unbounded(), true);
    /** The load hold of each thread; only that thread looks. */
    private final @Nullable Hold[] holds = new Hold[THREADS_MAX];

    @Test
    void holdsAreLinearizable() {
        new StressOptions()
                .iterations(Integer.getInteger("hypercache.lincheck.iterations", 8))
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(1)
                .actorsAfter(1)
                .sequentialSpecification(OneKey.class)
                .check(HoldLincheckTest.class);
    }

    @Operation
    public boolean tryHold(@Param(name = "thread") int thread) {
        if (holds[thread] != null) {
            return false;
        }
        Hold hold = client.tryHold(KEY, HoldKind.LOAD);
        holds[thread] = hold.isGranted() ? hold : null;
        return hold.isGranted();
    }

    @Operation
    public boolean release(@Param(name = "thread") int thread) {
        Hold hold = holds[thread];
        if (hold == null) {
            return false;
        }
        hold.close();
        holds[thread] = null;
        return true;
    }

    /** Fills the key as a loader does: only under a hold that nobody broke. */
    @Operation
    public String fill(@Param(name = "thread") int thread, @Param(name = "value") int value) {
        Hold hold = holds[thread];
        if (hold == null) {
            return "no hold";
        }
        Outcome.Status status =
                client.execute(new Put(KEY, value, ExpiryRule.NEVER), hold).status();
        return status.name();
    }

    @Operation
    public boolean remove() {
        return client.execute(new Remove(KEY)).applied();
    }

    @Operation
    public void clear() {
        client.clear();
    }

    @Operation
    public boolean contains() {
        return client.read(KEY) != null;
    }

    /** What the operations mean, one after the other. */
    public static final class OneKey {

        private static final int NOBODY = -1;

        private final boolean[] claimed = new boolean[THREADS_MAX];
        private int holder = NOBODY;
        private boolean present;

        public boolean tryHold(int thread) {
            if (claimed[thread] || holder != NOBODY) {
                return false;
            }
            claimed[thread] = true;
            holder = thread;
            return true;
        }

        public boolean release(int thread) {
            boolean had = claimed[thread];
            claimed[thread] = false;
            holder = holder == thread ? NOBODY : holder;
            return had;
        }

        public String fill(int thread, int value) {
            if (!claimed[thread]) {
                return "no hold";
            }
            if (holder != thread) {
                return Outcome.Status.HOLD_LOST.name();
            }
            present = true;
            return Outcome.Status.APPLIED.name();
        }

        public boolean remove() {
            boolean had = present;
            present = false;
            holder = NOBODY;
            return had;
        }

        public void clear() {
            remove();
        }

        public boolean contains() {
            return present;
        }
    }
}
