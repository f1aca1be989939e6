package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.ring.ClientService;
import dev.hypercache.runtime.ring.ClientUses.Use;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What members keep for clients. */
final class ClientServiceTest {

    private static final String BOOKS = "hypercache:test#books";
    private static final CacheTraits LONGS = CacheTraits.of(Map.of(CacheTrait.KEY_TYPE, "java.lang.Long"));

    private final LocalRing ring = LocalRing.of(2);
    private final NodeId client = new NodeId("shop", new Incarnation(7));
    private final ClientService first = ring.node(0).clients();
    private final ClientService second = ring.node(1).clients();

    @AfterEach
    void close() {
        ring.close();
    }

    private List<String> users() {
        return ring.node(0).definitions().confirmed().get(0).users();
    }

    @Test
    void memberUsesACacheForAClientAsLongAsThatSaysSo() {
        int id = first.join(client, BOOKS, CacheTraits.ORDERED);

        assertThat(first.join(client, BOOKS, CacheTraits.ORDERED)).isEqualTo(id);
        assertThat(users()).containsExactly("n1");
        assertThatThrownBy(() -> second.join(client, BOOKS, LONGS))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("open on n1");
        assertThat(second.renew(client, List.of(use(id), use(id + 1)))).containsExactly(id + 1);
        assertThat(users()).containsExactly("n1", "n2");

        first.quit(client, BOOKS, CacheTraits.ORDERED);

        assertThat(users()).containsExactly("n2");
        await().atMost(60, TimeUnit.SECONDS).until(() -> {
            second.closeForgotten();
            return users().isEmpty();
        });
    }

    private static Use use(int id) {
        return new Use(BOOKS, id, CacheTraits.ORDERED);
    }

    @Test
    void clientIsToldWhatTheRingAgreedOn() {
        TopologyPage all = first.page(0, false);
        long known = first.index();
        int id = second.join(client, BOOKS, CacheTraits.ORDERED);

        TopologyPage news = first.page(known, true);

        assertThat(all.checkpoint()).isNotNull();
        assertThat(all.changes()).isEmpty();
        assertThat(news.changes())
                .isNotEmpty()
                .first()
                .extracting(change -> change.index())
                .isEqualTo(known + 1);
        assertThat(first.page(first.index(), false).changes()).isEmpty();
        first.drop(id);
        assertThat(ring.node(0).definitions().confirmed()).isEmpty();
    }
}
