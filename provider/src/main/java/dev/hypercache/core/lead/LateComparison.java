package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A follower's copy beside the leader's, or the same part of both. Confined to its slot.
 */
final class LateComparison {

    private final SlotState state;
    private final VersionList list;
    private final List<KeyVersion> held;

    /**
     * @param held what the leader holds of that part of the slot of which the follower listed what it holds
     */
    LateComparison(SlotState state, VersionList list, List<KeyVersion> held) {
        this.state = state;
        this.list = list;
        this.held = held;
    }

    /** The follower's clears that those known here do not replace. */
    List<ClearMark> clearsAbove() {
        List<ClearMark> above = new ArrayList<>();
        for (ClearMark mark : list.clears()) {
            ClearMark own = state.clearOf(mark.cache());
            boolean isSame = own != null && own.version().equals(mark.version());
            if (!isSame && (own == null || !own.replaces(mark))) {
                above.add(mark);
            }
        }
        return above;
    }

    /** The clears known here that the follower lacks. */
    List<ClearMark> clearsBelow() {
        List<ClearMark> below = new ArrayList<>();
        for (ClearMark own : state.clears()) {
            ClearMark mark = list.clearOf(own.cache());
            if (mark == null || mark.version().compareTo(own.version()) < 0) {
                below.add(own);
            }
        }
        return below;
    }

    /** What the follower lacks or holds in an older version, with the version held here. */
    Map<RecordKey, Version> behind() {
        Map<RecordKey, Version> behind = new LinkedHashMap<>();
        for (KeyVersion own : held) {
            Version version = list.versions().get(own.name());
            if (version == null || version.compareTo(own.version()) < 0) {
                behind.put(own.name(), own.version());
            }
        }
        return behind;
    }

    /**
     * What the follower holds in a newer version than is held here, and above the clears known here. A follower that knows a
     * clear, too, and holds what went with it all the same, does not get rid of it by itself.
     */
    List<RecordKey> ahead() {
        Map<RecordKey, Version> own = new LinkedHashMap<>();
        for (KeyVersion one : held) {
            own.put(one.name(), one.version());
        }
        List<RecordKey> ahead = new ArrayList<>();
        for (Map.Entry<RecordKey, Version> one : list.versions().entrySet()) {
            ClearMark cleared = state.clearOf(one.getKey().cache());
            Version mine = own.get(one.getKey());
            Version known = list.knownTo(one.getKey().cache(), one.getValue().ballot());
            boolean isCleared = cleared != null && !isKnownThere(cleared) && cleared.takes(one.getValue(), known);
            if (!isCleared && (mine == null || one.getValue().compareTo(mine) > 0)) {
                ahead.add(one.getKey());
            }
        }
        return ahead;
    }

    private boolean isKnownThere(ClearMark own) {
        ClearMark theirs = list.clearOf(own.cache());
        return theirs != null && theirs.version().equals(own.version());
    }
}
