package dev.hypercache.topology.raft;

/**
 * Which of the engine's faults are cured. All are; tests switch one off to see that it is missed.
 *
 * @param boundary M1, by {@link BoundaryGuard}
 * @param walkBack M3, by {@link WalkBack}
 * @param silence M2, by {@link TermLever}
 * @param termGap M7, by {@link TermLever}
 */
record Cures(boolean boundary, boolean walkBack, boolean silence, boolean termGap) {

    static final Cures ALL = new Cures(true, true, true, true);
}
