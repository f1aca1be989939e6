package dev.hypercache.topology.raft;

import java.util.Random;

/** Names one append over all its attempts, so that the last of them finds what the first one did. */
record ChangeId(long high, long low) {

    static ChangeId draw(Random random) {
        return new ChangeId(random.nextLong(), random.nextLong());
    }
}
