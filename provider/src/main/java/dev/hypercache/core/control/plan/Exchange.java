package dev.hypercache.core.control.plan;

/** Something that slots hand from one candidate to another: a replica, or the leadership. Candidates are numbered from 0. */
interface Exchange {

    /** The number of slots. */
    int slots();

    /** Who has something of a slot to give. */
    int[] givers(int slot);

    /** Whether a candidate may take it from another. */
    boolean mayTake(int slot, int giver, int taker);

    /** Hands it over. */
    void take(int slot, int giver, int taker);

    /** Whether the slot is the better choice for a taker, other things being equal; always the same for a slot and a taker. */
    boolean isPreferred(int slot, int taker);

    /** How much a candidate has beyond its share; negative if it lacks something. */
    int surplus(int candidate);
}
