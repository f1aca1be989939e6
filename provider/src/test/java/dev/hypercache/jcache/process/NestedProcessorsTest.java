package dev.hypercache.jcache.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.jcache.value.TestContext;
import dev.hypercache.runtime.Crew;
import dev.hypercache.runtime.TestNode;
import dev.hypercache.runtime.call.RingClient;
import java.util.concurrent.CyclicBarrier;
import javax.cache.CacheException;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NestedProcessorsTest {

    private final Crew crew = new Crew();
    private final TestNode node = TestNode.patient("processors");
    private final RingClient client = node.open("cache");

    @AfterEach
    void stop() {
        crew.close();
        node.close();
    }

    @Test
    void processorsThatInvokeCrosswiseNeverBlockEachOtherAndLoseNothing() {
        ProcessorCall<String, String> calls = calls(client);
        CyclicBarrier bothRun = new CyclicBarrier(2);
        crew.together(2, thread -> {
            String own = "key" + thread;
            String other = "key" + (1 - thread);
            boolean[] met = new boolean[1];
            calls.invoke(own, (entry, arguments) -> {
                if (!met[0]) { // A processor may run again; the other thread's is met once.
                    met[0] = true;
                    await(bothRun);
                    calls.invoke(other, append("x"));
                }
                return append("y").process(entry);
            });
        });
        for (String key : new String[] {"key0", "key1"}) {
            assertThat((String) client.read(key).value()).hasSize(2).contains("x", "y");
        }
    }

    @Test
    void processorsThatInvokeCrosswiseOverTwoCachesNeverBlockEachOther() {
        RingClient otherClient = node.open("other");
        ProcessorCall<String, String> calls = calls(client);
        ProcessorCall<String, String> otherCalls = calls(otherClient);
        CyclicBarrier bothRun = new CyclicBarrier(2);
        crew.together(2, thread -> {
            boolean[] met = new boolean[1];
            (thread == 0 ? calls : otherCalls).invoke("k", (entry, arguments) -> {
                if (!met[0]) {
                    met[0] = true;
                    await(bothRun);
                    (thread == 0 ? otherCalls : calls).invoke("k", append("x"));
                }
                return append("y").process(entry);
            });
        });
        assertThat((String) client.read("k").value()).hasSize(2);
        assertThat((String) otherClient.read("k").value()).hasSize(2);
    }

    @Test
    void concurrentProcessorsOfOneKeyLoseNoUpdate() {
        ProcessorCall<String, String> calls = calls(client);
        crew.together(4, thread -> {
            for (int i = 0; i < 100; i++) {
                calls.invoke("k", append("z"));
            }
        });
        assertThat((String) client.read("k").value()).hasSize(400);
    }

    @Test
    void processorThatChangesItsOwnEntryThroughTheCacheForEverIsStopped() {
        ProcessorCall<String, String> calls = calls(client);
        assertThatThrownBy(() -> calls.invoke("k", (entry, arguments) -> {
                    calls.invoke("k", append("inner"));
                    return append("outer").process(entry);
                }))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("run " + ProcessorCall.RUNS_MAX + " times")
                .hasMessageContaining("through the MutableEntry");
    }

    private static ProcessorCall<String, String> calls(RingClient client) {
        return new ProcessorCall<>(TestContext.of("cache", client, new EternalExpiryPolicy()), null, null);
    }

    private static EntryProcessor<String, String, Object> append(String suffix) {
        return (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + suffix : suffix);
            return "done";
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
