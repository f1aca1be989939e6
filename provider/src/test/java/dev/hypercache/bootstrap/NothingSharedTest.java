package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes within one JVM reach no mutable object in common: what one knows of another came to it as bytes.
 *
 * <p>The network and the topology log are what stands between nodes, so the walk ends there.
 */
@Timeout(60)
final class NothingSharedTest {

    private static final Set<String> BETWEEN_NODES =
            Set.of("dev.hypercache.transport.local", "dev.hypercache.topology.local");

    @Test
    void nodesThatHoldTheSameEntriesShareNoObject() throws ReflectiveOperationException {
        try (LocalRing ring = LocalRing.of(3)) {
            List<ObjectGraph> graphs = new ArrayList<>();
            for (int node = 0; node < ring.size(); node++) {
                use(ring.manager(node)
                        .createCache(
                                "books",
                                new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class)));
            }
            for (int node = 0; node < ring.size(); node++) {
                graphs.add(ObjectGraph.from(BETWEEN_NODES, ring.node(node), ring.provider(node), ring.metrics(node)));
            }
            ObjectGraph noHolds = noHolds();
            for (int one = 0; one < graphs.size(); one++) {
                // Each node holds 300 keys, records and values, and hundreds of objects beside them.
                assertThat(graphs.get(one).size()).as("objects of node %s", one).isGreaterThan(2_000);
                for (int other = one + 1; other < graphs.size(); other++) {
                    assertThat(graphs.get(one).sharedWith(graphs.get(other), noHolds))
                            .as("mutable objects of node %s and node %s", one, other)
                            .isEmpty();
                }
            }
        }
    }

    /** The holds of all slots that never had one: a constant that looks mutable. Nothing was ever put into it. */
    private static ObjectGraph noHolds() throws ReflectiveOperationException {
        Field constant = Class.forName("dev.hypercache.core.lead.KeyHolds").getDeclaredField("NONE");
        constant.setAccessible(true);
        ObjectGraph holds = ObjectGraph.from(BETWEEN_NODES, constant.get(null));
        assertThat(holds.size()).as("it and its empty map").isEqualTo(2);
        return holds;
    }

    private static void use(Cache<String, byte[]> cache) {
        for (int i = 0; i < 300; i++) {
            cache.put("key" + i, new byte[] {(byte) i, 1});
            cache.get("key" + i);
        }
        cache.remove("key0");
    }

    /** Reaches a value that another one may reach as well. */
    private record Holder(Object held) {}

    /** Can be changed by whoever reaches it. */
    private static final class Counter {
        private int count;

        int next() {
            return ++count;
        }
    }

    @Test
    void objectThatTwoReachIsFound() {
        Counter counter = new Counter();
        assertThat(counter.next()).isEqualTo(1);
        ObjectGraph nothing = ObjectGraph.from(BETWEEN_NODES);
        for (Object shared : List.of(counter, new byte[1], new ArrayList<>(), List.of(new int[1]))) {
            ObjectGraph one = ObjectGraph.from(BETWEEN_NODES, new Holder(shared));
            ObjectGraph two = ObjectGraph.from(BETWEEN_NODES, new Holder(new Holder(shared)));
            assertThat(one.sharedWith(two, nothing))
                    .as(shared.getClass().getName())
                    .hasSize(1);
        }
        ObjectGraph one = ObjectGraph.from(BETWEEN_NODES, new Holder(List.of("immutable")));
        assertThat(one.sharedWith(one, nothing)).isEmpty();
    }
}
