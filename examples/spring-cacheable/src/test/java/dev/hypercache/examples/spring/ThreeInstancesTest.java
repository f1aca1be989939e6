package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three contexts of the application in one JVM, each a node of the same ring. */
@Timeout(120)
class ThreeInstancesTest {
    private static final int INSTANCES = 3;
    private static final int CALLERS_OF_INSTANCE = 16;
    private static final int ENTRIES_MAX = 100;
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private static Path directory;

    private static Instances instances;

    @BeforeAll
    static void startTheInstances() throws Exception {
        instances = Instances.start(
                INSTANCES,
                directory,
                "--spring.cache.cache-names=next-change,changes-of-year,job-owner,actuated",
                "--spring.main.web-application-type=servlet",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--management.endpoints.web.exposure.include=metrics,caches");
    }

    @AfterAll
    static void closeTheInstances() {
        instances.close();
    }

    @Test
    void whatOneInstanceComputedTheOthersFindUntilItIsEvicted() {
        int before = instances.computations();
        for (int i = 0; i < INSTANCES; i++) {
            assertThat(instances.changes(i).nextChange("Europe/Paris", NEW_YEAR))
                    .isEqualTo("2026-03-29T01:00:00Z");
            assertThat(instances.changes(i).nextChange("Asia/Tokyo", NEW_YEAR)).isNull();
        }
        assertThat(instances.computations() - before).isEqualTo(2);

        instances.changes(2).rulesChanged();
        instances.changes(0).nextChange("Europe/Paris", NEW_YEAR);
        instances.changes(1).nextChange("Europe/Paris", NEW_YEAR);
        assertThat(instances.computations() - before).isEqualTo(3);
    }

    @Test
    void callersOfAllInstancesShareOneComputationWhenSyncIsOn() throws Exception {
        int before = instances.computations();
        CyclicBarrier together = new CyclicBarrier(INSTANCES * CALLERS_OF_INSTANCE);
        ExecutorService threads = Executors.newFixedThreadPool(INSTANCES * CALLERS_OF_INSTANCE);
        List<Callable<YearOfChanges>> calls = new ArrayList<>();
        for (int i = 0; i < INSTANCES * CALLERS_OF_INSTANCE; i++) {
            ClockChanges changes = instances.changes(i % INSTANCES);
            calls.add(() -> {
                together.await();
                return changes.changesOf(2027);
            });
        }
        Set<YearOfChanges> answers = new HashSet<>();
        try {
            for (Future<YearOfChanges> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(instances.computations() - before).isEqualTo(1);
        assertThat(answers).hasSize(1);
    }

    @Test
    void firstOfAllInstancesGetsTheJob() {
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            JobOwners bean = instances.context(i).getBean(JobOwners.class);
            owners.add(bean.claim("weekly report", "worker " + i));
        }

        assertThat(owners).containsOnly("worker 0");
    }

    @Test
    void actuatorTellsWhatTheCachesOfItsInstanceDid() throws Exception {
        instances.cache(1, "actuated").put("key", "value");
        instances.cache(1, "actuated").get("key");
        instances.cache(1, "actuated").get("key");
        instances.cache(1, "actuated").get("no such key");
        instances.cache(2, "actuated").get("key");

        assertThat(actuator(1, "metrics/cache.gets?tag=cache:actuated&tag=result:hit"))
                .contains("\"value\":2.0");
        assertThat(actuator(1, "metrics/cache.gets?tag=cache:actuated&tag=result:miss"))
                .contains("\"value\":1.0");
        assertThat(actuator(1, "metrics/cache.puts?tag=cache:actuated")).contains("\"value\":1.0");
        assertThat(actuator(1, "metrics")).contains("cache.gets", "cache.puts", "cache.evictions", "cache.removals");
        assertThat(actuator(1, "caches")).contains("next-change", "changes-of-year", "job-owner");
    }

    private static String actuator(int instance, String path) throws Exception {
        String port = instances.context(instance).getEnvironment().getProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void everyMeterOfMicrometersBinderIsRead() {
        MeterRegistry registry = new SimpleMeterRegistry();
        Cache<String, String> cache = metered(registry, 0, "metered");
        cache.put("key", "value");
        cache.put("key", "another");
        cache.get("key");
        cache.get("no such key");
        cache.remove("key");

        assertThat(count(registry, "cache.puts")).isEqualTo(2);
        assertThat(count(registry, "cache.gets", "result", "hit")).isEqualTo(1);
        assertThat(count(registry, "cache.gets", "result", "miss")).isEqualTo(1);
        assertThat(registry.get("cache.removals").gauge().value()).isEqualTo(1);
        assertThat(count(registry, "cache.evictions")).isZero();
    }

    @Test
    void evictionsAreCountedByTheInstancesThatDecideThem() {
        MeterRegistry registry = new SimpleMeterRegistry();
        Cache<String, String> cache = metered(registry, 0, "bounded");
        metered(registry, 1, "bounded");
        metered(registry, 2, "bounded");

        for (int i = 0; i < 4 * ENTRIES_MAX; i++) {
            cache.put("key " + i, "value");
        }

        await().untilAsserted(() -> assertThat(registry.find("cache.evictions").functionCounters().stream()
                        .mapToDouble(FunctionCounter::count)
                        .sum())
                .isGreaterThanOrEqualTo(3 * ENTRIES_MAX));
    }

    private static Cache<String, String> metered(MeterRegistry registry, int instance, String name) {
        return JCacheMetrics.monitor(
                registry,
                instances.manager(instance).createCache(name, new MutableConfiguration<String, String>()),
                "node",
                "n" + instance);
    }

    private static double count(MeterRegistry registry, String meter, String... tags) {
        return registry.get(meter).tags(tags).functionCounter().count();
    }
}
