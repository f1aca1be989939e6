package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearKnowledge;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.record.Version;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which versions one follower said it holds, page by page. Bounded by what the follower holds. Confined to its slot. */
final class VersionList {

    private final int attempt;
    private final Map<RecordKey, Version> versions = new LinkedHashMap<>();
    private final BitSet pages = new BitSet();
    private List<ClearMark> clears = List.of();
    private List<ClearKnowledge> knowledge = List.of();
    private int pageCount = -1;
    private long askedAtMillis;

    VersionList(int attempt, long askedAtMillis) {
        this.attempt = attempt;
        this.askedAtMillis = askedAtMillis;
    }

    int attempt() {
        return attempt;
    }

    long askedAtMillis() {
        return askedAtMillis;
    }

    /** Adds a page; pages of another attempt, which may be older, do not count. */
    void add(VersionPage page) {
        if (page.attempt() != attempt || pages.get(page.page())) {
            return;
        }
        pages.set(page.page());
        pageCount = page.pages();
        clears = page.clears();
        knowledge = page.knowledge();
        for (KeyVersion one : page.versions()) {
            versions.put(one.name(), one.version());
        }
    }

    boolean isComplete() {
        return pages.cardinality() == pageCount;
    }

    /** By name, as the follower listed them. */
    Map<RecordKey, Version> versions() {
        return versions;
    }

    List<ClearMark> clears() {
        return clears;
    }

    /** The origin of the clear that the writer of one of the follower's records knew, null if it knew none. */
    @Nullable
    Version knownTo(int cache, long ballot) {
        for (ClearKnowledge one : knowledge) {
            if (one.cache() == cache && one.ballot() == ballot) {
                return one.cleared();
            }
        }
        ClearMark mark = clearOf(cache);
        return mark == null ? null : mark.origin();
    }

    /** How far a cache is cleared there, null if it never was. */
    @Nullable
    ClearMark clearOf(int cache) {
        for (ClearMark mark : clears) {
            if (mark.cache() == cache) {
                return mark;
            }
        }
        return null;
    }
}
