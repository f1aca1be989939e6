package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.ReleaseHold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many requests bulk operations cost, counted at the transport of one caller of a ring of three: each step of an operation is at
 * most one frame to each node.
 */
@Timeout(120)
abstract class BulkRules extends ProcessorBulkRules {

    @Test
    void bulkOperationsAreOneRequestPerNode() {
        Cache<String, String> cache = create(plain());
        await().untilAsserted(() -> {
            cache.putAll(books());
            assertFew(frames(taken(), BulkCounts::isChange), "puts");
            assertThat(cache.getAll(books().keySet())).isEqualTo(books());
            assertThat(frames(taken(), BulkCounts::isRead)).as("gets").isBetween(1L, 6L);
        });
        cache.removeAll(books().keySet());
        assertFew(frames(taken(), BulkCounts::isChange), "removals");
        assertThat(cache.getAll(books().keySet())).isEmpty();
    }

    @Test
    void getAllWithAPolicyToAskIsOneReadAndOneTouchPerNode() {
        CountingPolicy policy = new CountingPolicy();
        Cache<String, String> cache =
                create(plain().setExpiryPolicyFactory(new FactoryBuilder.SingletonFactory<>(policy)));
        await().untilAsserted(
                        () -> { // Until no copy lags behind.
                            taken();
                            policy.accesses = 0;
                            assertThat(cache.getAll(books().keySet())).isEqualTo(books());
                            assertThat(policy.accesses).isEqualTo(BOOKS);
                            assertThat(frames(taken(), BulkCounts::isRead)).isBetween(1L, 6L);
                        });
    }

    @Test
    void iterationReadsPagesOfEntriesTogether() {
        Cache<String, String> cache = create(plain());
        await().untilAsserted(() -> {
            taken();
            Map<String, String> met = new HashMap<>();
            cache.forEach(entry -> met.put(entry.getKey(), entry.getValue()));
            assertThat(met).isEqualTo(books());
            // 16, 32, 64, 128, 256 and the rest, at three nodes at most.
            assertThat(frames(taken(), BulkCounts::isRead)).isBetween(1L, 18L);
        });
    }

    @Test
    void removeAllThatNobodyHearsIsAClear() {
        Cache<String, String> cache = create(plain());
        cache.removeAll();
        List<Sent> sent = taken();
        assertThat(frames(sent, BulkCounts::isChange)).isBetween(1L, 3L);
        assertThat(sent).noneMatch(one -> one.message() instanceof Execute);
        assertThat(cache).isEmpty();
    }

    @Test
    void removeAllThatOthersListenToIsToldThem() {
        Cache<String, String> cache = create(plain());
        Cache<String, String> heard = other().createCache("books", plain());
        Set<String> removed = ConcurrentHashMap.newKeySet();
        CacheEntryRemovedListener<String, String> listener =
                events -> events.forEach(event -> removed.add(event.getKey()));
        heard.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(listener), null, false, false));
        taken();
        cache.removeAll();
        List<Sent> sent = taken();
        assertThat(sent).noneMatch(one -> one.message() instanceof ExecuteClear);
        assertFew(frames(sent, BulkCounts::isChange), "removals");
        await().untilAsserted(() -> assertThat(removed).isEqualTo(books().keySet()));
    }

    @Test
    void writeThroughOfABatchIsOneRequestPerNodeForEachStep() {
        BookStore store = new BookStore();
        Cache<String, String> cache = create(
                plain().setWriteThrough(true).setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(store)));
        Map<String, String> second =
                books().keySet().stream().collect(Collectors.toMap(key -> key, key -> "second edition"));
        await().untilAsserted(() -> {
            taken();
            cache.putAll(second);
            List<Sent> sent = new ArrayList<>(taken());
            assertFew(frames(sent, this::isNewHold), "holds");
            assertFew(frames(sent, BulkCounts::isRead), "looks");
            assertFew(frames(sent, BulkCounts::isChange), "changes");
            assertFew(frames(sent, ReleaseHold.class::isInstance), "releases");
        });
        assertThat(store.written).isEqualTo(second);
        assertThat(cache.getAll(second.keySet())).isEqualTo(second);
        taken();
        cache.removeAll(second.keySet());
        List<Sent> sent = taken();
        assertFew(frames(sent, this::isNewHold), "holds");
        assertFew(frames(sent, BulkCounts::isChange), "removals");
        assertThat(store.written).isEmpty();
    }

    @Test
    void backgroundLoadIsOneRequestPerNodeForEachStep() throws Exception {
        BookStore store = new BookStore();
        store.written.putAll(books());
        Cache<String, String> cache = caller().createCache(
                        "books", plain().setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(store)));
        cache.put("warm", "up");
        taken();

        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(books().keySet(), false, done);
        done.get();

        List<Sent> sent = taken();
        assertFew(frames(sent, this::isNewHold), "holds");
        assertFew(frames(sent, BulkCounts::isChange), "changes");
        assertThat(cache.getAll(books().keySet())).isEqualTo(books());
    }

    @Test
    void loadThatAPutOvertookIsOneRequestPerNodeForTheOthers() throws Exception {
        BookStore store = new BookStore();
        store.written.putAll(books());
        MutableConfiguration<String, String> loading =
                plain().setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(store));
        Cache<String, String> cache = caller().createCache("books", loading);
        Cache<String, String> overtaking = other().createCache("books", loading);
        cache.put("warm", "up");
        store.loading = () -> overtaking.put("book7", "put meanwhile");
        taken();

        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(books().keySet(), false, done);
        done.get();

        assertFew(frames(taken(), BulkCounts::isChange), "changes");
        Map<String, String> expected = books();
        expected.put("book7", "put meanwhile");
        assertThat(cache.getAll(books().keySet())).isEqualTo(expected);
    }

    @Test
    void moreThanOneBatchIsOneRequestPerNodeForEachBatch() {
        BookStore store = new BookStore();
        Cache<String, String> cache = create(
                plain().setWriteThrough(true).setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(store)));
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            many.put("page" + i, "");
        }
        taken();
        cache.putAll(many);
        List<Sent> sent = taken();
        assertThat(frames(sent, BulkCounts::isRead)).as("looks").isBetween(1L, 12L);
        assertThat(frames(sent, BulkCounts::isChange)).as("changes").isBetween(1L, 6L);
        assertThat(store.written).containsAllEntriesOf(many);
    }
}
