package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.jcache.HyperCacheManager;
import dev.hypercache.jcache.HyperCachingProvider;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Managers that start their nodes when they are made. */
@Timeout(100)
final class EagerStartTest {

    private static final String[] EAGER = {"hypercache.start", "eager"};

    private final SocketManagers managers = new SocketManagers();

    @AfterEach
    void close() {
        managers.close();
    }

    @Test
    void providerThatIsClosedEndsTheWaitsOfItsManagers() throws Exception {
        String here = SocketManagers.addresses(1).get(0);
        List<String> seeds = List.of(here, SocketManagers.addresses(1).get(0));
        HyperCachingProvider provider = new HyperCachingProvider();
        CompletableFuture<HyperCacheManager> starting =
                Aside.supply(() -> SocketManagers.get(provider, here, seeds, EAGER));
        await().atMost(60, TimeUnit.SECONDS).until(() -> SocketManagers.cardAt(here) != null);

        provider.close();

        assertThatThrownBy(() -> starting.get(60, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("was closed while its node waited");
    }

    @Test
    void nodeStartsWithTheFirstCacheOrAtOnce() throws Exception {
        String here = SocketManagers.addresses(1).get(0);
        HyperCacheManager lazy = managers.manager(here, List.of(here));
        assertThat(lazy.isClosed()).isFalse();
        assertThat(SocketManagers.cardAt(here)).as("before its first cache").isNull();

        String there = SocketManagers.addresses(1).get(0);
        HyperCacheManager eager = managers.manager(there, List.of(there), EAGER);
        assertThat(Objects.requireNonNull(SocketManagers.cardAt(there)).founding())
                .as("its ring, before its first cache")
                .isNotNull();
        eager.<String, String, MutableConfiguration<String, String>>createCache("books", new MutableConfiguration<>())
                .put("k", "v");
    }

    @Test
    void managerThatCannotStartAtOnceIsNotLeftBehind() {
        HyperCachingProvider provider = new HyperCachingProvider();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> SocketManagers.get(provider, "0.0.0.0:7411", List.of("127.0.0.1:7411"), EAGER))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("hypercache.bind");
        }
    }
}
