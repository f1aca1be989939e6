package dev.hypercache.runtime.call;

import java.util.List;

/**
 * A ring as one of its members knows it.
 *
 * @param ring which ring, and after how many reforms
 * @param index the last change of the topology log that the member has followed
 * @param slots how many slots the ring has
 * @param replicas how many replicas a slot has when there are members enough
 * @param slotsUnderReplicated how many slots have fewer living voters than they should have, or are moving
 * @param slotsWithoutLeader how many of the slots that this member holds nobody leads, as far as it knows
 * @param slotsLost how many slots have no majority of members left: they stand still until their loss is resolved
 * @param self the name of the member that reports
 * @param members all members, by name
 */
public record RingReport(
        String ring,
        long index,
        int slots,
        int replicas,
        int slotsUnderReplicated,
        int slotsWithoutLeader,
        int slotsLost,
        String self,
        List<MemberReport> members) {

    /** Whether the ring has all replicas that it should have, so that one more node may be stopped without harm. */
    public boolean isSafeToStop() {
        return slotsUnderReplicated == 0 && slotsWithoutLeader == 0 && slotsLost == 0;
    }

    /**
     * One member.
     *
     * @param name its name
     * @param incarnation which of its lives, as the ring counted it
     * @param address where others reach it
     * @param zone what fails together with it; empty if it has none
     * @param weight its share of the slots in proportion to others
     * @param health how it seems to fare
     * @param leaving whether it hands over what it holds
     * @param slots how many slots it votes in
     */
    public record MemberReport(
            String name,
            long incarnation,
            String address,
            String zone,
            int weight,
            Health health,
            boolean leaving,
            int slots) {}

    /** How a member seems to fare. */
    public enum Health {
        /** It answers. */
        ALIVE,
        /** The member that reports cannot reach it. */
        SUSPECT,
        /** At least two members found it dead; it is removed after {@code hypercache.evict.after}. */
        DEAD
    }
}
