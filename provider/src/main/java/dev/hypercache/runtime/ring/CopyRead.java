package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.ReadCompletion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Evaluates a read on what copies hold. It moves no end of life: copies are not written to. */
final class CopyRead implements ReadCompletion {

    private final EntryOp op;
    private final NodeClock clock;
    private final Completion completion;
    private final Runnable found;
    private final Runnable leader;

    /**
     * @param found told before the answer if there is an entry
     * @param leader asks the leader
     */
    CopyRead(EntryOp op, NodeClock clock, Completion completion, Runnable found, Runnable leader) {
        this.op = op;
        this.clock = clock;
        this.completion = completion;
        this.found = found;
        this.leader = leader;
    }

    @Override
    public void read(@Nullable StoredRecord record) {
        if (record != null) {
            found.run();
        }
        completion.performed(op.evaluate(record, new ReadOnly(clock)));
    }

    @Override
    public void askLeader() {
        leader.run();
    }
}
