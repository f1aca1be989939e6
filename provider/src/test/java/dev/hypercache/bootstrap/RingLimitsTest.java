package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.HyperCachingProvider;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a ring refuses, what its exceptions say, and what it counts. */
@Timeout(60)
final class RingLimitsTest {

    private final LocalNetwork network = new LocalNetwork();
    private final Faults faults = Faults.of(FaultPlan.seeded(7).build());
    private final LocalRing ring = start();
    private Cache<String, byte[]> cache = create();

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.requests.max", "2");
        properties.setProperty("hypercache.request.timeout", "2s");
        return LocalRing.of(3, properties, network, faults.around(network));
    }

    private Cache<String, byte[]> create() {
        return ring.manager(0)
                .createCache("limits", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
    }

    @BeforeEach
    void warmUp() {
        cache.put("warm", new byte[1]);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private long count(MetricName name) {
        return ring.metrics(0).node().read(name);
    }

    @Test
    void operationBeyondTheBoundFailsAtOnceAndSaysSo() {
        faults.isolate("n1");
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String key = "key" + i;
            waiting.add(Aside.run(() -> cache.put(key, new byte[1])));
        }
        await().until(() -> count(MetricName.REQUESTS_IN_FLIGHT) == 2);

        assertThatThrownBy(() -> cache.get("key"))
                .isInstanceOfSatisfying(
                        RequestFailedException.class, e -> assertThat(e.code()).isEqualTo("OVERLOADED"))
                .hasMessageContaining("hypercache.requests.max");

        assertThat(count(MetricName.REQUESTS_REFUSED)).isEqualTo(1);
        waiting.forEach(one -> assertThatThrownBy(one::join).hasCauseInstanceOf(CacheException.class));
        assertThat(count(MetricName.REQUESTS_IN_FLIGHT)).isZero();
        assertThat(count(MetricName.REQUESTS_FAILED) + count(MetricName.REQUESTS_INDETERMINATE))
                .isEqualTo(2);
    }

    @Test
    void mutationOfUnknownFateNamesItselfAndWhatStoodInTheWay() {
        faults.isolate("n1");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> cache.put("k", new byte[1]))
                        .isInstanceOfSatisfying(IndeterminateResultException.class, e -> {
                            assertThat(e.code()).isEqualTo("INDETERMINATE");
                            assertThat(e.token()).contains("/");
                            assertThat(e.known()).contains("replicas");
                        }));
        assertThat(count(MetricName.MEMBERS_SUSPECTED)).isEqualTo(2);
    }

    @Test
    void everySlotIsTakenOverByOneNode() {
        // A slow start may let two run for one slot, of which one wins.
        await().untilAsserted(() -> assertThat(takeovers()).isBetween(16L, 32L));
        assertThat(count(MetricName.FRAMES_REFUSED)).isZero();
    }

    private long takeovers() {
        long takeovers = 0;
        for (int node = 0; node < ring.size(); node++) {
            takeovers += ring.metrics(node).node().read(MetricName.TAKEOVERS);
        }
        return takeovers;
    }

    @Test
    void framesOfAnIncarnationThatIsNoMemberAreDroppedAndCounted() {
        NodeId former = new NodeId("n2", new Incarnation(99));
        try (Transport transport =
                network.transportFor(TransportOptions.withDefaults(former, new Address("stranger", 7_400)))) {
            transport.start(new Silence());
            transport
                    .link(new Peer(ring.id(0), new Address("n1", 7_400)))
                    .post(Frame.of(Payload.of(new byte[] {1, 2, 3})), 0);
            await().until(() -> count(MetricName.FRAMES_REFUSED) == 1);
        }
        cache.put("k", new byte[1]);
    }

    @Test
    void valueThatIsTooLargeIsRefusedBeforeItIsSent() {
        assertThatThrownBy(() -> cache.put("large", new byte[3 << 20]))
                .isInstanceOf(RequestFailedException.class)
                .hasMessageContaining("at most");
        cache.put("large", new byte[1 << 20]);
        assertThat(cache.get("large")).hasSize(1 << 20);
    }

    @Test
    void whatARingDoesNotOfferIsRefusedByName() {
        HyperCachingProvider provider = ring.provider(0);
        assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isFalse();
    }

    /** A node that answers nobody. */
    private static final class Silence implements TransportListener {
        @Override
        public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {}

        @Override
        public void onPost(RemotePeer from, ByteBuffer message) {}

        @Override
        public void onConnected(RemotePeer peer) {}

        @Override
        public void onDisconnected(RemotePeer peer, boolean reset) {}
    }
}
