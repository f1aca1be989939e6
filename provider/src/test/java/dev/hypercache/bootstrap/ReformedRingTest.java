package dev.hypercache.bootstrap;

import static dev.hypercache.runtime.call.RingReport.Health.ALIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.HyperCacheManager;
import dev.hypercache.runtime.call.RingOperations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rings over sockets that lose the majority of their members, which is not told from silence, and go on. */
@Timeout(180)
final class ReformedRingTest {

    private static final int ENTRIES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SocketManagers managers = new SocketManagers();
    private List<String> addresses;

    @BeforeEach
    void choose() throws IOException {
        addresses = SocketManagers.addresses(4);
    }

    @AfterEach
    void close() {
        managers.close();
    }

    /** One life of a node. */
    private record Life(HyperCacheManager manager, Cache<String, String> cache) {

        RingOperations ring() {
            return manager.unwrap(RingOperations.class);
        }

        /** Goes without a word to the ring's log. */
        void end() {
            manager.getCachingProvider().close();
        }

        void assertHoldsAll() {
            for (int i = 0; i < ENTRIES; i++) {
                assertThat(cache.get("k" + i)).as("entry %d", i).isEqualTo("v" + i);
            }
        }

        void awaitSettled(int members) {
            await().atMost(PATIENCE)
                    .until(() -> ring().report().isSafeToStop()
                            && ring().report().members().size() == members);
        }
    }

    /** Starts a node, which is there once it is in a ring. */
    private CompletableFuture<Life> start(int node, int nodes, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.addAll(List.of("hypercache.node.name", "n" + (node + 1), "hypercache.request.timeout", "5s"));
        HyperCacheManager manager =
                managers.manager(addresses.get(node), addresses.subList(0, nodes), settings.toArray(String[]::new));
        return Aside.supply(() -> new Life(
                manager,
                manager.createCache(
                        "books", new MutableConfiguration<String, String>().setTypes(String.class, String.class))));
    }

    private List<Life> form(int nodes, String... more) {
        List<CompletableFuture<Life>> starting = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            starting.add(start(node, nodes, more));
        }
        List<Life> lives = starting.stream().map(CompletableFuture::join).toList();
        lives.get(0).awaitSettled(nodes);
        for (int i = 0; i < ENTRIES; i++) {
            lives.get(0).cache().put("k" + i, "v" + i);
        }
        return lives;
    }

    @Test
    void aRingOfTwoGoesOnOnceTheOtherIsBack() {
        Life stays = form(2).get(0);
        for (int round = 0; round < 2; round++) {
            managers.provider(1 + round).close();
            Life back = start(1, 2).join();
            back.awaitSettled(2);
            back.assertHoldsAll();
            stays.cache().put("k0", "v0");
            assertThat(stays.ring().report().ring())
                    .isEqualTo(back.ring().report().ring());
        }
    }

    @Test
    void aRingOfTwoGoesOnWithAnotherNodeAtAWord() {
        List<Life> lives = form(2);
        Life stays = lives.get(0);
        assertThatThrownBy(() -> stays.ring().reform(List.of("nobody"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stays.ring().reform(List.of("n2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("answers");
        lives.get(1).end();
        CompletableFuture<Life> other = start(2, 2);
        assertThatThrownBy(() -> stays.ring().remove("n2", false)).isInstanceOf(CacheException.class);

        stays.ring().reform(List.of("n2"));

        Life joined = other.join();
        joined.awaitSettled(2);
        joined.assertHoldsAll();
        stays.assertHoldsAll();
        assertThat(joined.ring().report().members()).extracting("name").containsExactly("n1", "n3");
    }

    @Test
    void slotsThatLostTheirMajorityAreEmptied() {
        List<Life> lives = form(3);
        Life stays = lives.get(0);
        lives.get(1).end();
        lives.get(2).end();
        CompletableFuture<Life> second = start(1, 3);
        Life third = start(2, 3).join();
        second.join();
        third.awaitSettled(3);
        assertThat(stays.ring().report().slotsLost()).isZero();
        for (int i = 0; i < ENTRIES; i++) {
            assertThat(third.cache().get("k" + i)).isNull();
        }
        third.cache().put("k0", "again");
        assertThat(stays.cache().get("k0")).isEqualTo("again");
    }

    @Test
    void blockedSlotsWaitForAnOperator() {
        List<Life> lives = form(3, "hypercache.loss.policy", "BLOCK");
        Life stays = lives.get(0);
        lives.get(1).end();
        lives.get(2).end();
        CompletableFuture<Life> second = start(1, 3, "hypercache.loss.policy", "BLOCK");
        start(2, 3, "hypercache.loss.policy", "BLOCK").join();
        second.join();
        await().atMost(PATIENCE).until(() -> stays.ring().report().slotsLost() == 16);
        assertThatThrownBy(() -> stays.cache().put("k0", "again"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("reset");
        assertThat(stays.ring().report().isSafeToStop()).isFalse();

        assertThat(stays.ring().resetLost()).isEqualTo(16);

        stays.awaitSettled(3);
        stays.cache().put("k0", "again");
        assertThat(second.join().cache().get("k0")).isEqualTo("again");
        assertThat(stays.cache().get("k1")).isNull();
    }

    @Test
    void whoIsMissingIsNamed() {
        List<Life> lives = form(3);
        lives.get(1).end();
        lives.get(2).end();
        RingOperations ring = lives.get(0).ring();
        await().atMost(PATIENCE)
                .until(() -> ring.report().members().stream()
                        .noneMatch(member -> !member.name().equals("n1") && member.health() == ALIVE));
        assertThatThrownBy(() -> ring.reform(List.of("n2")))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("[n3]");
        ring.reform(List.of("n3"));
        lives.get(0).awaitSettled(1);
        lives.get(0).cache().put("k0", "again");
    }
}
