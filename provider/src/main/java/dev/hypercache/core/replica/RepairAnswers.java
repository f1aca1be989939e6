package dev.hypercache.core.replica;

import dev.hypercache.core.message.AskBuckets;
import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.BucketPage;
import dev.hypercache.core.message.CacheBuckets;
import dev.hypercache.core.message.CacheRoot;
import dev.hypercache.core.message.HeldPage;
import dev.hypercache.core.message.HeldVersion;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replica answers to a leader who wants to know in what they differ. It only ever shows what it holds: to change it
 * is the leader's.
 *
 * <p>A leader that is not followed any more gets no answer. Confined to its slot.
 */
final class RepairAnswers {

    private final SlotState state;

    RepairAnswers(SlotState state) {
        this.state = state;
    }

    /** The buckets of every cache that is not what the leader holds. */
    List<Message> answer(AskBuckets ask) {
        if (!state.admit(ask.ballot())) {
            return List.of();
        }
        Map<Integer, CacheRoot> differing = new LinkedHashMap<>();
        ask.roots().forEach(root -> differing.put(root.cache(), root));
        for (CacheRoot own : state.contents().cacheRoots()) {
            if (own.equals(differing.remove(own.cache()))) {
                continue;
            }
            differing.put(own.cache(), own);
        }
        List<CacheBuckets> caches = new ArrayList<>();
        for (int cache : differing.keySet()) {
            if (caches.size() < BucketPage.CACHES_MAX) {
                caches.add(new CacheBuckets(cache, state.contents().buckets(cache, CacheBuckets.BUCKETS_MAX)));
            }
        }
        return List.of(new BucketPage(state.slot(), ask.ballot(), ask.attempt(), List.copyOf(caches)));
    }

    /** The versions of some keys, as far as they are held. */
    List<Message> answer(AskHeld ask) {
        if (!state.admit(ask.ballot())) {
            return List.of();
        }
        List<HeldVersion> held = new ArrayList<>();
        for (RecordKey name : ask.names()) {
            RecordEntry entry = state.entry(name);
            if (entry != null) {
                held.add(new HeldVersion(
                        name, entry.record().version(), entry.record().isTombstone(), entry.cleared()));
            }
        }
        return List.of(new HeldPage(state.slot(), ask.ballot(), ask.poll(), List.copyOf(held)));
    }
}
