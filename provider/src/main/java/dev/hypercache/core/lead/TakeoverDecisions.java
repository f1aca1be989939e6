package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordKey;
import java.util.BitSet;

/** Does what a takeover decides, by the paths that operations and clears take as well. */
record TakeoverDecisions(OperationPath operations, ClearPath clears) implements Decisions {

    @Override
    public Proposal renew(RecordKey name) {
        return operations.renew(name);
    }

    @Override
    public Proposal bury(RecordKey name) {
        return operations.bury(name);
    }

    @Override
    public Proposal adopt(ClearMark mark, BitSet holders) {
        return clears.adopt(mark, holders);
    }

    @Override
    public Proposal perform(RefutedClears.Anew clear) {
        return clears.perform(clear);
    }
}
