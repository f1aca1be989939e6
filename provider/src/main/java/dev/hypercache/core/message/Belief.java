package dev.hypercache.core.message;

import dev.hypercache.spi.membership.MemberHealth;
import java.util.List;

/**
 * What some members believe of one.
 *
 * <p>Beliefs of one member are ordered: by its refutations, and with equal ones {@code ALIVE} comes before {@code SUSPECT}
 * before {@code DEAD}. The later one counts, so whatever way and in whatever order beliefs travel, all end with the same.
 *
 * @param member who is meant; a short id, which names one life of one node
 * @param refutations how often that member had refuted by then, 0 or more; only itself ever counts it up
 * @param health how it seems to fare
 * @param observers short ids of members that found that out by themselves; at most {@link #OBSERVERS_MAX}, none if alive
 */
public record Belief(int member, long refutations, MemberHealth health, List<Integer> observers) {

    /** The most observers that are named; from there on it makes no difference how many there are. */
    public static final int OBSERVERS_MAX = 8;

    /** That a member is alive, by its own word. */
    public static Belief alive(int member, long refutations) {
        return new Belief(member, refutations, MemberHealth.ALIVE, List.of());
    }

    /** Whether this one came later than another one of the same member. */
    public boolean isAfter(Belief other) {
        return refutations != other.refutations ? refutations > other.refutations : health.compareTo(other.health) > 0;
    }
}
