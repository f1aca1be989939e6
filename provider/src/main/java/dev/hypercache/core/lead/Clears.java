package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares clears. They only add up: of two clears of a cache the higher one stands, whoever proposed it. */
final class Clears {

    private Clears() {}

    /** Whether both lists clear the same caches up to the same versions. */
    static boolean areSame(List<ClearMark> one, List<ClearMark> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Map<Integer, ClearMark> marks = byCache(one);
        for (ClearMark mark : other) {
            ClearMark mine = marks.get(mark.cache());
            if (mine == null || !mine.version().equals(mark.version())) {
                return false;
            }
        }
        return true;
    }

    static Map<Integer, ClearMark> byCache(List<ClearMark> marks) {
        Map<Integer, ClearMark> byCache = new TreeMap<>();
        for (ClearMark mark : marks) {
            byCache.put(mark.cache(), mark);
        }
        return byCache;
    }
}
