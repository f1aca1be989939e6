package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many requests bulk operations cost where user code takes part, counted at the transport of a ring of three. */
@Timeout(60)
final class BulkRequestsTest {

    private static final int BOOKS = 600;

    private final LocalNetwork network = new LocalNetwork();
    private final RecordingTransports transports = new RecordingTransports(network);
    private final LocalRing ring = start();
    private final Set<Long> holdsSeen = new HashSet<>();

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        return LocalRing.of(3, properties, network, transports);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private static MutableConfiguration<String, String> plain() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    private static Map<String, String> books() {
        Map<String, String> books = new HashMap<>();
        for (int i = 0; i < BOOKS; i++) {
            books.put("book" + i, "text" + i);
        }
        return books;
    }

    private Cache<String, String> create(MutableConfiguration<String, String> configuration) {
        Cache<String, String> cache = ring.manager(0).createCache("books", configuration);
        cache.putAll(books());
        transports.take();
        return cache;
    }

    /** How many frames of the first node had messages of a kind in them that it had not sent before. */
    private long frames(Collection<Sent> sent, Predicate<Message> kind) {
        return sent.stream()
                .filter(one -> one.from().equals("n1") && kind.test(one.message()))
                .map(Sent::frame)
                .distinct()
                .count();
    }

    private boolean isNewHold(Message message) {
        return message instanceof AskHold ask && holdsSeen.add(ask.hold());
    }

    private static boolean isRead(Message message) {
        return message instanceof ReadDigests
                || message instanceof Execute execute && !execute.head().isRetried() && !changes(execute);
    }

    private static boolean isChange(Message message) {
        return message instanceof ExecuteClear clear && !clear.head().isRetried()
                || message instanceof Execute execute && !execute.head().isRetried() && changes(execute);
    }

    private static boolean changes(Execute execute) {
        return execute.op().kind() != dev.hypercache.core.op.EntryOp.Kind.READ;
    }

    /** A policy of the application's, which counts what it is asked. */
    private static final class Policy implements ExpiryPolicy {
        private int accesses;

        @Override
        public Duration getExpiryForCreation() {
            return Duration.ONE_DAY;
        }

        @Override
        public Duration getExpiryForAccess() {
            accesses++;
            return Duration.ONE_HOUR;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return Duration.ONE_DAY;
        }
    }

    @Test
    void getAllWithAPolicyToAskIsOneReadAndOneTouchPerNode() {
        Policy policy = new Policy();
        Cache<String, String> cache =
                create(plain().setExpiryPolicyFactory(new FactoryBuilder.SingletonFactory<>(policy)));
        await().untilAsserted(
                        () -> { // Until no copy lags behind.
                            transports.take();
                            policy.accesses = 0;
                            assertThat(cache.getAll(books().keySet())).isEqualTo(books());
                            assertThat(policy.accesses).isEqualTo(BOOKS);
                            assertThat(frames(transports.take(), BulkRequestsTest::isRead))
                                    .isBetween(1L, 6L);
                        });
    }

    @Test
    void iterationReadsPagesOfEntriesTogether() {
        Cache<String, String> cache = create(plain());
        await().untilAsserted(() -> {
            transports.take();
            Map<String, String> met = new HashMap<>();
            cache.forEach(entry -> met.put(entry.getKey(), entry.getValue()));
            assertThat(met).isEqualTo(books());
            // 16, 32, 64, 128, 256 and the rest, at three nodes at most.
            assertThat(frames(transports.take(), BulkRequestsTest::isRead)).isBetween(1L, 18L);
        });
    }

    @Test
    void processorsOfManyEntriesAreOneLookAndOneChangePerNode() {
        Cache<String, String> cache = create(plain());
        await().untilAsserted(() -> {
            transports.take();
            assertThat(cache.invokeAll(books().keySet(), (entry, arguments) -> {
                        entry.setValue(entry.getValue() + " revised");
                        return entry.getKey();
                    }))
                    .hasSize(BOOKS);
            List<Sent> sent = transports.take();
            assertFew(frames(sent, BulkRequestsTest::isRead), "looks");
            assertFew(frames(sent, BulkRequestsTest::isChange), "changes");
        });
        assertThat(cache.get("book1")).startsWith("text1 revised");
        assertThat(cache.<String>invokeAll(Set.of("book1", "none"), (entry, arguments) -> {
                    if (!entry.exists()) {
                        entry.setValue("made");
                        return "made";
                    }
                    throw new IllegalStateException("fails");
                }))
                .hasEntrySatisfying("none", made -> assertThat(made.get()).isEqualTo("made"))
                .hasEntrySatisfying(
                        "book1", failed -> assertThatThrownBy(failed::get).isInstanceOf(EntryProcessorException.class));
        assertThat(cache.get("none")).isEqualTo("made");
    }

    @Test
    void removeAllThatNobodyHearsIsAClear() {
        Cache<String, String> cache = create(plain());
        cache.removeAll();
        List<Sent> sent = transports.take();
        assertThat(frames(sent, BulkRequestsTest::isChange)).isBetween(1L, 3L);
        assertThat(sent).noneMatch(one -> one.message() instanceof Execute);
        assertThat(cache).isEmpty();
    }

    /** Has all that is written. */
    private static final class Store implements CacheWriter<String, String>, CacheLoader<String, String> {
        private final Map<String, String> written = new HashMap<>();

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            written.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            written.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }

        @Override
        public String load(String key) {
            return written.get(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, written.get(key)));
            return loaded;
        }
    }

    private static void assertFew(long frames, String what) {
        assertThat(frames).as(what).isBetween(1L, 3L);
    }

    @Test
    void writeThroughOfABatchIsOneRequestPerNodeForEachStep() {
        Store store = new Store();
        Cache<String, String> cache = create(
                plain().setWriteThrough(true).setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(store)));
        Map<String, String> second =
                books().keySet().stream().collect(Collectors.toMap(key -> key, key -> "second edition"));
        await().untilAsserted(() -> {
            transports.take();
            cache.putAll(second);
            List<Sent> sent = new ArrayList<>(transports.take());
            assertFew(frames(sent, this::isNewHold), "holds");
            assertFew(frames(sent, BulkRequestsTest::isRead), "looks");
            assertFew(frames(sent, BulkRequestsTest::isChange), "changes");
            assertFew(frames(sent, ReleaseHold.class::isInstance), "releases");
        });
        assertThat(store.written).isEqualTo(second);
        assertThat(cache.getAll(second.keySet())).isEqualTo(second);
        transports.take();
        cache.removeAll(second.keySet());
        List<Sent> sent = transports.take();
        assertFew(frames(sent, this::isNewHold), "holds");
        assertFew(frames(sent, BulkRequestsTest::isChange), "removals");
        assertThat(store.written).isEmpty();
    }

    @Test
    void backgroundLoadIsOneRequestPerNodeForEachStep() throws Exception {
        Store store = new Store();
        store.written.putAll(books());
        Cache<String, String> cache = ring.manager(0)
                .createCache("books", plain().setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(store)));
        cache.put("warm", "up");
        transports.take();

        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(books().keySet(), false, done);
        done.get();

        List<Sent> sent = transports.take();
        assertFew(frames(sent, this::isNewHold), "holds");
        assertFew(frames(sent, BulkRequestsTest::isChange), "changes");
        assertThat(cache.getAll(books().keySet())).isEqualTo(books());
    }
}
