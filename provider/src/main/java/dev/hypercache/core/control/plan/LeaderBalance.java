package dev.hypercache.core.control.plan;

/**
 * Gives every candidate its share of the slots' leaders, by reordering who holds a slot. Moves no data.
 *
 * <p>A candidate's share follows from what it holds. Slots whose leader goes are preferred: they get another one in any
 * case.
 */
final class LeaderBalance implements Exchange {

    private static final int[] NOBODY = {};

    private final Placement placement;
    private final boolean[] leaderGoes;
    private final int[] led;
    private final int[] shares;

    /**
     * @param placement with every slot at its replicas
     * @param leaderGoes the slots whose leader will not hold them any more
     */
    LeaderBalance(Placement placement, boolean[] leaderGoes) {
        this.placement = placement;
        this.leaderGoes = leaderGoes;
        int candidates = placement.candidates().size();
        led = new int[candidates];
        for (int slot = 0; slot < placement.slots(); slot++) {
            for (int leader : givers(slot)) {
                led[leader]++;
            }
        }
        long[] weights = new long[candidates];
        int[] caps = new int[candidates];
        for (int i = 0; i < candidates; i++) {
            weights[i] = placement.load(i);
            caps[i] = placement.load(i);
        }
        shares = Shares.divide(placement.slots(), weights, caps, led);
    }

    void run() {
        new Levelling(this, placement.candidates()).run();
    }

    @Override
    public int slots() {
        return placement.slots();
    }

    @Override
    public int[] givers(int slot) {
        int[] holders = placement.holders(slot);
        return holders.length == 0 ? NOBODY : new int[] {holders[0]};
    }

    @Override
    public boolean mayTake(int slot, int giver, int taker) {
        return !placement.isFixed(slot) && giver != taker && placement.isHolder(slot, taker);
    }

    @Override
    public void take(int slot, int giver, int taker) {
        placement.prefer(slot, taker);
        led[giver]--;
        led[taker]++;
    }

    @Override
    public boolean isPreferred(int slot, int taker) {
        return leaderGoes[slot];
    }

    @Override
    public int surplus(int candidate) {
        return led[candidate] - shares[candidate];
    }
}
