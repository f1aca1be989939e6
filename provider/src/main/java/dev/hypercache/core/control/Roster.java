package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of a ring, and what was given out to members so far. Immutable.
 *
 * <p>Incarnations are counted over all names and never come back. Short ids have 12 bits and go round: the next free one
 * after the last, which keeps an id out of use as long as possible. An id that a slot still mentions is not free, so within
 * the epochs of a slot it names one incarnation. 0 is never given out.
 */
public final class Roster {

    /** Nobody yet. */
    public static final Roster EMPTY = new Roster(List.of(), 0, 0);

    private final Map<Integer, Member> byShortId;
    private final Map<String, Member> byName;
    private final long lastIncarnation;
    private final int lastShortId;

    /**
     * Rebuilds a roster.
     *
     * @throws IllegalArgumentException if two members share a name or a short id, or an incarnation is beyond the last
     */
    Roster(Collection<Member> members, long lastIncarnation, int lastShortId) {
        Map<Integer, Member> byShortId = new TreeMap<>();
        Map<String, Member> byName = new HashMap<>();
        for (Member member : members) {
            Member sameId = byShortId.put(member.shortId(), member);
            Member sameName = byName.put(member.profile().name(), member);
            if (sameId != null || sameName != null) {
                throw new IllegalArgumentException("member " + member.id() + " with short id " + member.shortId()
                        + ": another member has that name or short id.");
            }
            ControlLimits.checkRange(
                    "incarnation of " + member.id(), member.incarnation().bootId(), 1, lastIncarnation);
        }
        ControlLimits.checkRange("number of members", byShortId.size(), 0, ControlLimits.MEMBERS_MAX);
        this.byShortId = Collections.unmodifiableMap(byShortId);
        this.byName = Collections.unmodifiableMap(byName);
        this.lastIncarnation = lastIncarnation;
        this.lastShortId = lastShortId;
    }

    /** The members by ascending short id. */
    public Collection<Member> members() {
        return byShortId.values();
    }

    /** The number of members. */
    public int size() {
        return byShortId.size();
    }

    /** The member that slots and ballots call so, or null. */
    public @Nullable Member member(int shortId) {
        return byShortId.get(shortId);
    }

    /** The living incarnation of a name, or null. */
    public @Nullable Member member(String name) {
        return byName.get(name);
    }

    /** The member that is exactly this incarnation, or null. */
    public @Nullable Member member(NodeId id) {
        Member member = byName.get(id.name());
        return member != null && member.incarnation().equals(id.incarnation()) ? member : null;
    }

    /** Whether an incarnation was a member and is none any more; false of one that is admitted later. */
    public boolean wasRemoved(NodeId id) {
        return member(id) == null && id.incarnation().bootId() <= lastIncarnation;
    }

    /** Whether a short id names a member. */
    public boolean contains(int shortId) {
        return byShortId.containsKey(shortId);
    }

    /** Whether all short ids name members. */
    boolean containsAll(MemberSet shortIds) {
        return shortIds.isCoveredBy(shortIds());
    }

    /** Those of some short ids that name members. */
    MemberSet among(MemberSet shortIds) {
        return MemberSet.of(
                Arrays.stream(shortIds.toArray()).filter(this::contains).toArray());
    }

    /** The short ids of all members. */
    public BitSet shortIds() {
        BitSet ids = new BitSet();
        byShortId.keySet().forEach(ids::set);
        return ids;
    }

    long lastIncarnation() {
        return lastIncarnation;
    }

    int lastShortId() {
        return lastShortId;
    }

    /** The short id that the next member gets, or 0 if members and slots take all. */
    int freeShortId(BitSet mentioned) {
        for (int step = 1; step <= MemberSet.SHORT_ID_MAX; step++) {
            int id = (lastShortId + step - 1) % MemberSet.SHORT_ID_MAX + 1;
            if (!contains(id) && !mentioned.get(id)) {
                return id;
            }
        }
        return 0;
    }

    /** With a further member, in place of the one that has its name. */
    Roster admit(int shortId, NodeProfile profile) {
        Member newcomer = new Member(shortId, new Incarnation(lastIncarnation + 1), profile, false);
        List<Member> members = new ArrayList<>(members());
        members.removeIf(member -> member.profile().name().equals(profile.name()));
        members.add(newcomer);
        return new Roster(members, lastIncarnation + 1, shortId);
    }

    Roster without(Member gone) {
        List<Member> members = new ArrayList<>(members());
        members.remove(gone);
        return new Roster(members, lastIncarnation, lastShortId);
    }

    Roster drain(Member leaving) {
        List<Member> members = new ArrayList<>(members());
        members.remove(leaving);
        members.add(leaving.asDraining());
        return new Roster(members, lastIncarnation, lastShortId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Roster roster
                && byShortId.equals(roster.byShortId)
                && lastIncarnation == roster.lastIncarnation
                && lastShortId == roster.lastShortId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(byShortId, lastIncarnation, lastShortId);
    }

    @Override
    public String toString() {
        return members().toString();
    }
}
