package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.HyperCacheManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Managers that are closed while their first cache waits for the ring. */
@Timeout(100)
final class AbandonedStartTest {

    private static final String CLOSED = "was closed while its node waited to form a ring";

    private final SocketManagers managers = new SocketManagers();
    private ServerSocket silent;
    private String here;
    private List<String> seeds;

    /** A seed that lets in whoever dials and never answers. */
    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        here = SocketManagers.addresses(1).get(0);
        seeds = List.of(here, "127.0.0.1:" + silent.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        managers.close();
        silent.close();
    }

    private static Cache<String, String> create(HyperCacheManager manager) {
        return manager.createCache("books", new MutableConfiguration<>());
    }

    private void awaitWaitingNode() {
        await().atMost(60, TimeUnit.SECONDS).until(() -> SocketManagers.cardAt(here) != null);
    }

    @Test
    void managerThatWaitsForItsSeedsCanBeClosed() throws Exception {
        HyperCacheManager manager = managers.manager(here, seeds);
        CompletableFuture<Cache<String, String>> creating = Aside.supply(() -> create(manager));
        awaitWaitingNode();

        manager.close();

        assertThatThrownBy(() -> creating.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining(CLOSED)
                .hasMessageContaining(seeds.get(1));
        assertThat(manager.isClosed()).isTrue();
        assertThat(SocketManagers.cardAt(here)).as("who answers at its port").isNull();
    }

    @Test
    void managerOfTheSameNodeTakesTheStartOver() throws Exception {
        silent.close();
        HyperCacheManager first = managers.manager(here, seeds);
        CompletableFuture<Cache<String, String>> creating = Aside.supply(() -> create(first));
        awaitWaitingNode();
        HyperCacheManager second = managers.manager(here, seeds);
        CompletableFuture<Cache<String, String>> joining = Aside.supply(() -> create(second));

        first.close();
        assertThatThrownBy(() -> creating.get(60, TimeUnit.SECONDS)).cause().hasMessageContaining(CLOSED);
        HyperCacheManager other = managers.manager(seeds.get(1), seeds);
        create(other).put("k", "v");

        assertThat(joining.get(60, TimeUnit.SECONDS).get("k")).isEqualTo("v");
    }

    @Test
    void managerThatWaitsForAnotherOnesStartLeavesItAlone() throws Exception {
        silent.close();
        HyperCacheManager first = managers.manager(here, seeds);
        CompletableFuture<Cache<String, String>> creating = Aside.supply(() -> create(first));
        awaitWaitingNode();
        HyperCacheManager second = managers.manager(here, seeds);
        CompletableFuture<Thread> joiner = new CompletableFuture<>();
        CompletableFuture<Cache<String, String>> joining = Aside.supply(() -> {
            joiner.complete(Thread.currentThread());
            return create(second);
        });
        Thread waiting = joiner.get(60, TimeUnit.SECONDS);
        await().until(() -> waiting.getState() == Thread.State.WAITING);

        second.close();
        assertThatThrownBy(() -> joining.get(60, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("another one started their node at " + here);
        create(managers.manager(seeds.get(1), seeds)).put("k", "v");

        assertThat(creating.get(60, TimeUnit.SECONDS).get("k")).isEqualTo("v");
    }
}
