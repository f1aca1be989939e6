package dev.hypercache.examples.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.jcache.HyperCachingProvider;
import java.io.IOException;
import java.net.URI;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured by way of a member must have arrived there. */
final class ProxyTest {

    private CacheManager manager;
    private Cache<String, byte[]> held;
    private ProxyCaller caller;

    @BeforeEach
    void listen() throws IOException {
        CachingProvider provider = new HyperCachingProvider(); // Ignite's, which is here too, cannot be looked up.
        manager = provider.getCacheManager(
                URI.create("hypercache:proxy-test"), provider.getDefaultClassLoader(), new Properties());
        held = manager.createCache("held", new MutableConfiguration<>());
        caller = new ProxyCaller(new ProxyServer(new Held(held)).listen(0));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void putAndGetReachTheMember() {
        caller.cache().put("a", new byte[] {1, 2});
        held.put("b", new byte[0]);

        assertThat(held.get("a")).containsExactly(1, 2);
        assertThat(caller.cache().get("a")).containsExactly(1, 2);
        assertThat(caller.cache().get("b")).isEmpty();
        assertThat(caller.cache().get("c")).isNull();
    }

    @Test
    void memberSaysWhereAnEntryIs() {
        assertThat(caller.placeOf("a")).isEqualTo(Place.ELSEWHERE);
    }

    @Test
    void failureOfTheMemberFailsTheCallAndNotTheNext() {
        assertThatThrownBy(() -> caller.placeOf("nowhere")).isInstanceOf(IllegalStateException.class);
        assertThat(caller.cache().get("a")).isNull();
    }

    @Test
    void nothingElseIsThere() {
        assertThatThrownBy(() -> caller.cache().containsKey("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    /** One cache. */
    private record Held(Cache<String, byte[]> cache) implements Grid {

        @Override
        public void awaitMembers() {}

        @Override
        public Cache<String, byte[]> cache(View view) {
            return cache;
        }

        @Override
        public Place placeOf(String key) {
            if (key.equals("nowhere")) {
                throw new IllegalArgumentException(key);
            }
            return Place.ELSEWHERE;
        }
    }
}
