package dev.hypercache.core.control.plan;

/**
 * Gives every slot its replicas and every candidate its share of them.
 *
 * <p>First slots with too many replicas give some up, then those that lack replicas get some, then zones that hold too much of a slot give way, then candidates level
 * out. Whoever is being filled with a slot already is preferred for it wherever it lacks slots, so a plan computed again
 * half way through goes on with what was begun.
 */
final class ReplicaBalance implements Exchange {

    private static final int NEED_STEPS = 64;

    private final Placement placement;
    private final int[] shares;

    ReplicaBalance(Placement placement) {
        this.placement = placement;
        this.shares = placement.shares();
    }

    void run() {
        for (int slot = 0; slot < slots(); slot++) {
            shed(slot);
        }
        for (int slot = 0; slot < slots(); slot++) {
            admitLearners(slot);
        }
        for (int slot = 0; slot < slots(); slot++) {
            fill(slot);
        }
        for (int slot = 0; slot < slots(); slot++) {
            uncrowd(slot);
        }
        new Levelling(this, placement.candidates()).run();
    }

    @Override
    public int slots() {
        return placement.slots();
    }

    @Override
    public int[] givers(int slot) {
        return placement.holders(slot);
    }

    @Override
    public boolean mayTake(int slot, int giver, int taker) {
        return placement.mayReplace(slot, giver, taker);
    }

    @Override
    public void take(int slot, int giver, int taker) {
        placement.replace(slot, giver, taker);
    }

    @Override
    public boolean isPreferred(int slot, int taker) {
        return placement.isLearner(slot, taker);
    }

    @Override
    public int surplus(int candidate) {
        return placement.load(candidate) - shares[candidate];
    }

    /** The replication factor became less: who holds the most beyond its share gives the slot up. */
    private void shed(int slot) {
        while (placement.isOver(slot)) {
            int crowded = fullestCrowded(slot);
            placement.remove(slot, crowded >= 0 ? crowded : fullest(slot));
        }
    }

    /** The holder with the most beyond its share; of several the one that is preferred least. */
    private int fullest(int slot) {
        int fullest = placement.holders(slot)[0];
        for (int holder : placement.holders(slot)) {
            fullest = surplus(holder) >= surplus(fullest) ? holder : fullest;
        }
        return fullest;
    }

    private void admitLearners(int slot) {
        for (int learner : placement.learners(slot)) {
            if (placement.isShort(slot) && placement.hasRoom(slot, learner) && surplus(learner) < 0) {
                placement.add(slot, learner);
            }
        }
    }

    private void fill(int slot) {
        while (placement.isShort(slot)) {
            int neediest = neediest(slot);
            if (neediest < 0) {
                return;
            }
            placement.add(slot, neediest);
        }
    }

    private void uncrowd(int slot) {
        int crowded;
        while ((crowded = fullestCrowded(slot)) >= 0) {
            int neediest = neediest(slot);
            if (neediest < 0) {
                return;
            }
            placement.replace(slot, crowded, neediest);
        }
    }

    /** Of the holders in a zone that holds too much of the slot the one with the most beyond its share. */
    private int fullestCrowded(int slot) {
        int fullest = -1;
        for (int holder : placement.holders(slot)) {
            if (placement.isCrowded(slot, holder) && (fullest < 0 || surplus(holder) >= surplus(fullest))) {
                fullest = holder;
            }
        }
        return fullest;
    }

    /** The candidate with room in the slot that lacks the most of its share. */
    private int neediest(int slot) {
        int neediest = -1;
        for (int i = 0; i < shares.length; i++) {
            if (placement.hasRoom(slot, i) && (neediest < 0 || isNeedier(slot, i, neediest))) {
                neediest = i;
            }
        }
        return neediest;
    }

    private boolean isNeedier(int slot, int one, int other) {
        int ofOne = need(one);
        int ofOther = need(other);
        if (ofOne != ofOther) {
            return ofOne > ofOther;
        }
        return Levelling.mix(slot, placement.candidates().get(one))
                > Levelling.mix(slot, placement.candidates().get(other));
    }

    /**
     * How much of its share a candidate lacks, in {@value #NEED_STEPS} steps. Coarse, so that hashes decide between those in
     * like need: otherwise a difference of one replica would put the same candidates into one slot again and again.
     */
    private int need(int candidate) {
        int lacking = Math.max(0, -surplus(candidate));
        return lacking == 0 ? 0 : 1 + lacking * NEED_STEPS / shares[candidate];
    }
}
