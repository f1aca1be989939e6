package dev.hypercache.core.message;

/** A message about all slots that one node leads and another follows; it belongs to the nodes rather than to a slot. */
public sealed interface PairMessage extends RepairMessage permits AskPair, PairSame, PairRoots {

    /** Always 0. */
    @Override
    default int slot() {
        return 0;
    }
}
