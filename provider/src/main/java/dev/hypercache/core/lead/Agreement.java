package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a quorum hold, side by side: per key the highest version and who holds it. Confined to its slot.
 */
final class Agreement {

    /** Takes a key on which the members differ. */
    @FunctionalInterface
    interface Difference {
        void take(RecordKey name, Version highest, BitSet holders);
    }

    /** Takes a clear on which the members differ. */
    @FunctionalInterface
    interface ClearDifference {
        void take(ClearMark highest, BitSet holders);
    }

    /** The clears on which the members differ. */
    record ClearDifferences(Map<ClearMark, BitSet> holders) {
        void forEach(ClearDifference difference) {
            holders.forEach(difference::take);
        }
    }

    private final SlotState state;
    private final int self;
    private final BitSet members;
    private final Map<Integer, VersionList> lists;
    private final Map<RecordKey, Version> own = new LinkedHashMap<>();
    private final List<RecordKey> gone = new ArrayList<>();
    private final Election floors;

    Agreement(LeaderContext context, BitSet members, Map<Integer, VersionList> lists, Election floors) {
        this.floors = floors;
        this.state = context.state();
        this.self = context.self();
        this.members = members;
        this.lists = lists;
        for (KeyVersion one : state.contents().versions()) {
            own.put(one.name(), one.version());
        }
    }

    /** The highest clear of each cache on which the members differ, with those who know it. */
    ClearDifferences clears() {
        Map<Integer, ClearMark> highest = new TreeMap<>(Clears.byCache(state.clears()));
        for (VersionList list : lists.values()) {
            for (ClearMark mark : list.clears()) {
                highest.merge(mark.cache(), mark, (one, other) -> one.covers(other) ? one : other);
            }
        }
        Map<ClearMark, BitSet> differences = new LinkedHashMap<>();
        for (ClearMark mark : highest.values()) {
            BitSet holders = new BitSet();
            members.stream().filter(member -> knows(member, mark)).forEach(holders::set);
            if (!holders.equals(members)) {
                differences.put(mark, holders);
            }
        }
        return new ClearDifferences(differences);
    }

    private boolean knows(int member, ClearMark mark) {
        ClearMark known = clearOf(member, mark.cache());
        return known != null && known.covers(mark);
    }

    private @Nullable ClearMark clearOf(int member, int cache) {
        if (member == self) {
            return state.clearOf(cache);
        }
        VersionList list = lists.get(member);
        return list == null ? null : list.clearOf(cache);
    }

    /** The clears of a cache that the members know, each once. */
    List<ClearMark> clearsOf(int cache) {
        List<ClearMark> found = new ArrayList<>();
        members.stream().forEach(member -> {
            ClearMark mark = clearOf(member, cache);
            if (mark != null && found.stream().noneMatch(one -> one.version().equals(mark.version()))) {
                found.add(mark);
            }
        });
        return found;
    }

    /**
     * Whether some clear of a cache was never chosen: a record was written later than the highest one by somebody who did not
     * know it, or another clear disputes it.
     */
    boolean isRefuted(ClearMark highest) {
        if (clearsOf(highest.cache()).stream().anyMatch(other -> other.disputes(highest))) {
            return true;
        }
        for (int member = members.nextSetBit(0); member >= 0; member = members.nextSetBit(member + 1)) {
            for (Map.Entry<RecordKey, Version> one : versionsOf(member).entrySet()) {
                Version version = one.getValue();
                if (one.getKey().cache() == highest.cache()
                        && highest.isRefutedBy(version, knownTo(member, highest.cache(), version.ballot()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Map<RecordKey, Version> versionsOf(int member) {
        if (member == self) {
            return own;
        }
        VersionList list = lists.get(member);
        return list == null ? Map.of() : list.versions();
    }

    private @Nullable Version knownTo(int member, int cache, long ballot) {
        if (member == self) {
            return state.knownTo(cache, ballot);
        }
        VersionList list = lists.get(member);
        return list == null ? null : list.knownTo(cache, ballot);
    }

    /** Every key on which the members differ, above the clears that are known here, but for those that are gone. */
    void forEach(Difference difference) {
        Set<RecordKey> names = new LinkedHashSet<>(own.keySet());
        lists.values().forEach(list -> names.addAll(list.versions().keySet()));
        for (RecordKey name : names) {
            Version highest = null;
            BitSet holders = new BitSet();
            for (int member = members.nextSetBit(0); member >= 0; member = members.nextSetBit(member + 1)) {
                Version version = versionOf(member, name);
                int order = version == null ? -1 : highest == null ? 1 : version.compareTo(highest);
                if (order > 0) {
                    highest = version;
                    holders.clear();
                }
                if (order >= 0) {
                    holders.set(member);
                }
            }
            if (highest == null || holders.equals(members)) {
                continue;
            }
            if (isGone(name, highest)) {
                gone.add(name);
            } else {
                difference.take(name, highest, holders);
            }
        }
    }

    /** Whether a member holds nothing for a key though it had everything up to that version: it was deleted since. */
    private boolean isGone(RecordKey name, Version version) {
        return members.stream()
                .anyMatch(member -> !versionsOf(member).containsKey(name)
                        && floors.floorOf(member).compareTo(version) >= 0);
    }

    /** The keys of which some member holds a version that another one knows to be deleted; found by {@link #forEach}. */
    List<RecordKey> gone() {
        return gone;
    }

    private @Nullable Version versionOf(int member, RecordKey name) {
        Version version = versionsOf(member).get(name);
        if (version == null) {
            return null;
        }
        ClearMark cleared = state.clearOf(name.cache());
        Version known = knownTo(member, name.cache(), version.ballot());
        return cleared != null && cleared.takes(version, known) ? null : version;
    }
}
