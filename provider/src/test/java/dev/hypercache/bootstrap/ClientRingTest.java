package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.HyperCacheManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client by configuration alone, of a ring of three members over sockets. */
@Timeout(240)
final class ClientRingTest {

    private final SocketManagers managers = new SocketManagers();
    private List<String> seeds;
    private final List<HyperCacheManager> members = new ArrayList<>();
    private HyperCacheManager client;

    @BeforeEach
    void start() throws IOException {
        seeds = SocketManagers.addresses(3);
        seeds.forEach(bind -> members.add(managers.manager(bind, seeds)));
        client = managers.client(seeds);
    }

    @AfterEach
    void close() {
        managers.close();
    }

    private static MutableConfiguration<String, Integer> numbers() {
        return new MutableConfiguration<String, Integer>().setStatisticsEnabled(true);
    }

    private List<Cache<String, Integer>> opened(String name) {
        List<CompletableFuture<Cache<String, Integer>>> opening = new ArrayList<>();
        members.forEach(member -> opening.add(Aside.supply(() -> member.createCache(name, numbers()))));
        return opening.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void clientAndMembersShareACache() {
        List<Cache<String, Integer>> atMembers = opened("books");
        Cache<String, Integer> cache = client.createCache("books", numbers());

        for (int i = 0; i < 200; i++) {
            cache.put("key " + i, i);
        }
        Map<String, Integer> many = new HashMap<>();
        for (int i = 200; i < 400; i++) {
            many.put("key " + i, i);
        }
        cache.putAll(many);
        for (int i = 0; i < 400; i++) {
            assertThat(atMembers.get(i % 3).get("key " + i)).isEqualTo(i);
            assertThat(cache.get("key " + i)).isEqualTo(i);
        }
        atMembers.get(1).put("key 7", 700);

        assertThat(cache.get("key 7")).isEqualTo(700);
        assertThat(cache.getAll(many.keySet())).isEqualTo(many);
        int invoked = cache.invoke("key 8", (entry, arguments) -> {
            entry.setValue(entry.getValue() + 1);
            return entry.getValue();
        });
        assertThat(invoked).isEqualTo(9);
        assertThat(cache.replace("key 8", 9, 10)).isTrue();
        assertThat(cache.putIfAbsent("key 8", 11)).isFalse();
        assertThat(cache.getAndRemove("key 8")).isEqualTo(10);
        Set<String> met = new HashSet<>();
        cache.forEach(entry -> assertThat(met.add(entry.getKey())).isTrue());
        assertThat(met).hasSize(399).doesNotContain("key 8");

        cache.clear();

        assertThat(atMembers.get(2).iterator()).isExhausted();
    }

    @Test
    void definitionsAreThoseOfTheRing() {
        opened("other");
        Cache<String, Integer> cache = client.createCache("books", numbers());
        cache.put("one", 1);

        assertThatThrownBy(() -> members.get(0)
                        .createCache(
                                "books", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class)))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("is defined otherwise");
        assertThat(client.getCacheNames()).contains("books");
        assertThat(members.get(0).createCache("books", numbers()).get("one")).isEqualTo(1);
        assertThatThrownBy(() -> client.createCache("books", numbers())).isInstanceOf(CacheException.class);

        client.destroyCache("books");

        assertThat(client.getCacheNames()).doesNotContain("books");
        assertThat(cache.isClosed()).isTrue();
    }

    @Test
    void whatAClientHasClosedMayBeDefinedOtherwise() {
        opened("other");
        client.createCache("books", numbers());
        MutableConfiguration<String, Long> longs =
                new MutableConfiguration<String, Long>().setTypes(String.class, Long.class);
        assertThatThrownBy(() -> members.get(0).createCache("books", longs)).isInstanceOf(CacheException.class);

        client.close();

        Cache<String, Long> redefined = members.get(0).createCache("books", longs);
        redefined.put("one", 1L);
        assertThat(redefined.get("one")).isEqualTo(1L);
    }

    @Test
    void cachesGoOnInARingThatWasStartedAnew() {
        opened("first");
        opened("second");
        opened("third");
        Cache<String, Integer> cache = client.createCache("books", numbers());
        cache.put("old", 1);
        for (int member = 0; member < 3; member++) {
            managers.provider(member).close();
        }
        members.clear();
        seeds.forEach(bind -> members.add(managers.manager(bind, seeds)));
        opened("first");

        await().atMost(90, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> client.getCacheNames() != null && cache.get("old") == null);
        cache.put("new", 2);

        assertThat(cache.get("new")).isEqualTo(2);
        assertThat(cache.iterator().next().getKey()).isEqualTo("new");
        Cache<String, Integer> atMember = members.get(1).createCache("books", numbers());
        assertThat(atMember.get("new")).isEqualTo(2);
        atMember.put("new", 3);
        assertThat(cache.get("new")).isEqualTo(3);
    }

    @Test
    void userCodeRunsAtTheClient() throws Exception {
        opened("loaded");
        AtomicInteger calls = new AtomicInteger();
        LOADS = calls;
        MutableConfiguration<String, Integer> loading = new MutableConfiguration<String, Integer>()
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(Loader.class));
        Cache<String, Integer> cache = client.createCache("through", loading);
        List<CompletableFuture<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(Aside.supply(() -> cache.get("four")));
        }
        for (CompletableFuture<Integer> reader : readers) {
            assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(4);
        }
        assertThat(calls).hasValue(1);

        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        CacheEntryCreatedListener<String, Integer> listener = events -> events.forEach(
                (CacheEntryEvent<? extends String, ? extends Integer> event) -> told.add(event.getKey()));
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(listener), null, false, true));
        cache.put("five", 5);
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("five");
    }

    private static volatile AtomicInteger LOADS = new AtomicInteger();

    /** Loads the length of a key. */
    public static final class Loader implements CacheLoader<String, Integer> {
        @Override
        public Integer load(String key) {
            LOADS.incrementAndGet();
            return key.length();
        }

        @Override
        public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            Map<String, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    @Test
    void entriesExpireForClients() {
        opened("other");
        Cache<String, Integer> cache = client.createCache(
                "short",
                numbers()
                        .setExpiryPolicyFactory(
                                CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 300))));
        cache.put("one", 1);

        await().until(() -> cache.get("one") == null);

        assertThat(cache.containsKey("one")).isFalse();
    }

    @Test
    void clientGoesOnWhenAMemberDies() throws Exception {
        opened("books");
        Cache<String, Integer> cache = client.createCache("books", numbers());
        for (int i = 0; i < 100; i++) {
            cache.put("key " + i, i);
        }

        CompletableFuture<Void> writing = Aside.supply(() -> {
            for (int round = 1; round <= 20; round++) {
                for (int i = 0; i < 100; i++) {
                    cache.put("key " + i, round * 1_000 + i);
                }
            }
            return null;
        });
        managers.provider(0).close();
        writing.get(120, TimeUnit.SECONDS);

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("key " + i)).isEqualTo(20_000 + i);
            assertThat(members.get(1).<String, Integer>getCache("books").get("key " + i))
                    .isEqualTo(20_000 + i);
        }
    }
}
