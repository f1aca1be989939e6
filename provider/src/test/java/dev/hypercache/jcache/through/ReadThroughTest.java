package dev.hypercache.jcache.through;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.jcache.value.TestContext;
import dev.hypercache.runtime.Crew;
import dev.hypercache.runtime.TestNode;
import dev.hypercache.runtime.call.RingClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheException;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadThroughTest {

    private final TestNode node = TestNode.patient("loads");
    private final RingClient client = node.open("cache");
    private Runnable duringLoad = () -> {};

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void loadFillsTheCacheOnce() {
        ReadThrough<String, String> loads = loads(client);
        assertThat(loads.load("k")).isEqualTo("loaded k");
        duringLoad = () -> {
            throw new AssertionError("loaded again");
        };
        assertThat(loads.load("k")).isEqualTo("loaded k");
        assertThat(client.read("k").value()).isEqualTo("loaded k");
    }

    @Test
    void removalOfAnAbsentKeyDuringItsLoadKeepsTheValueOut() {
        duringLoad = () -> client.execute(new Remove("k"));
        assertThat(loads(client).load("k")).isEqualTo("loaded k");
        assertThat(client.read("k")).isNull();
    }

    @Test
    void loadWithReplacementStoresOverAnEntryWhoseLifeHasEnded() {
        put("k", "old", new ExpiryRule(100, 100, 100));
        node.time.advance(100);
        assertThat(loads(client).loadAll(List.of("k"), true)).containsEntry("k", "loaded k");
        assertThat(client.read("k").value()).isEqualTo("loaded k");
    }

    @Test
    void loadWithReplacementStoresThoughTheEntryExpiresDuringIt() {
        put("k", "old", new ExpiryRule(100, 100, 100));
        duringLoad = () -> node.time.advance(100);
        loads(client).loadAll(List.of("k"), true);
        assertThat(client.read("k").value()).isEqualTo("loaded k");
    }

    @Test
    void loadWithoutReplacementKeepsWhatWasPutBeforeItHeldTheKey() {
        Map<String, String> found = loads(puttingBeforeItTriesToHold()).loadAll(List.of("a", "b"), false);
        assertThat(client.read("a").value()).isEqualTo("newer");
        assertThat(client.read("b").value()).isEqualTo("newer");
        assertThat(found).containsOnly(Map.entry("a", "newer"), Map.entry("b", "newer"));
    }

    @Test
    void loadOfManyKeepsTheValueOfAKeyRemovedMeanwhileOut() {
        duringLoad = () -> client.execute(new Remove("a"));
        assertThat(loads(client).loadAll(List.of("a", "b"), false)).hasSize(2);
        assertThat(client.read("a")).isNull();
        assertThat(client.read("b").value()).isEqualTo("loaded b");
    }

    @Test
    void interruptedReaderThatWaitsForALoadFailsAsJCacheSays() {
        try (Crew crew = new Crew()) {
            Crew.join(crew.start(() -> client.hold("k", HoldKind.LOAD, RingClient.NO_TIMEOUT)));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> loads(client).load("k"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private ReadThrough<String, String> loads(RingClient through) {
        return new ReadThrough<>(TestContext.of("cache", through, new EternalExpiryPolicy()), new Loader());
    }

    /** A client whose caller is overtaken by puts just before it tries to hold keys. */
    private RingClient puttingBeforeItTriesToHold() {
        return (RingClient) Proxy.newProxyInstance(
                RingClient.class.getClassLoader(), new Class<?>[] {RingClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("tryHoldAll")) {
                        List<?> keys = (List<?>) arguments[0];
                        keys.forEach(key -> put((String) key, "newer", ExpiryRule.NEVER));
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void put(String key, String value, ExpiryRule rule) {
        client.execute(new Put(key, value, rule));
    }

    private final class Loader implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            duringLoad.run();
            return "loaded " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            for (String key : keys) {
                loaded.put(key, load(key));
            }
            return loaded;
        }
    }
}
