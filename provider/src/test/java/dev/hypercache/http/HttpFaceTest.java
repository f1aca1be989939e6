package dev.hypercache.http;

import static dev.hypercache.http.FaceServer.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.bootstrap.LocalRing;
import dev.hypercache.http.FaceServer.Reply;
import dev.hypercache.jcache.HyperCache;
import dev.hypercache.jcache.HyperCacheManager;
import dev.hypercache.jcache.ManagerCaches;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The face of one node of a ring of three, against caches of the others. */
@Timeout(120)
final class HttpFaceTest {

    private final LocalRing ring = LocalRing.of(3, properties());
    private final MetricSet metrics = ring.metrics(0).node();
    private final FaceServer server = new FaceServer(
            new ManagerCaches(ring.manager(0).unwrap(HyperCacheManager.class)), FaceServer.LIMITS, metrics);

    private Cache<Object, Object> here;
    private Cache<Object, Object> there;

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.request.timeout", "2s");
        properties.setProperty("hypercache.cache.loose.consistency.write", "ONE");
        return properties;
    }

    @BeforeEach
    void open() {
        here = ring.manager(0).createCache("books", new MutableConfiguration<>());
        there = ring.manager(1).createCache("books", new MutableConfiguration<>());
    }

    @AfterEach
    void close() {
        server.close();
        ring.close();
    }

    @Test
    void whatIsSetIsWhatEveryNodeGets() throws Exception {
        for (Sample sample : Sample.all()) {
            Reply reply = server.set(entry("books", "k", sample.wire(), sample.type()));
            assertThat(reply.status()).as(sample.type()).isEqualTo(200);
            assertThat(reply.body().path("stored").asBoolean()).isTrue();
            assertThat(there.get("k"))
                    .as(sample.type())
                    .isEqualTo(sample.held())
                    .hasSameClassAs(sample.held());
        }
    }

    @Test
    void whatAnyNodePutsIsReadInBothFormats() throws Exception {
        for (Sample sample : Sample.all()) {
            there.put("k", sample.held());
            Reply json = server.get("cache=books&key=k");
            assertThat(json.status()).isEqualTo(200);
            assertThat(json.mediaType()).isEqualTo("application/json");
            assertThat(json.text("type")).isEqualTo(sample.type());
            assertThat(json.body().path("value"))
                    .isEqualTo(FaceServer.MAPPER.readTree(FaceServer.MAPPER.writeValueAsBytes(sample.wire())));
            Reply msgpack = server.send(
                    server.request(HttpFace.GET + "?cache=books&key=k").header("Accept", "application/msgpack"));
            assertThat(msgpack.mediaType()).isEqualTo("application/msgpack");
            Map<String, @Nullable Object> read =
                    BodyFormat.MSGPACK.read(msgpack.raw().body());
            Object value = FaceType.named(sample.type()).read("value", read.get("value"));
            assertThat(value).isEqualTo(sample.held());
        }
    }

    @Test
    void msgpackSetsWhatJsonGets() throws Exception {
        for (Sample sample : Sample.all()) {
            Map<String, @Nullable Object> fields =
                    entry("books", "k", FaceType.named(sample.type()).write(sample.held()), sample.type());
            Reply reply = server.setMsgpack(BodyFormat.MSGPACK.write(fields));
            assertThat(reply.status()).as(sample.type()).isEqualTo(200);
            assertThat(reply.mediaType()).isEqualTo("application/msgpack");
            assertThat(here.get("k")).isEqualTo(sample.held());
        }
    }

    @Test
    void keysOfEachTypeMeetThoseOfTheCache() throws Exception {
        Map<String, Map.Entry<Object, String>> keys = Map.of(
                "string", Map.entry("a/b ü", "a%2Fb%20%C3%BC"),
                "int", Map.entry(-5, "-5"),
                "long", Map.entry(5L, "5"),
                "double", Map.entry(1.5, "1.5"),
                "boolean", Map.entry(true, "true"),
                "bytes", Map.entry(new byte[] {-1, -2}, "__4"));
        for (Map.Entry<String, Map.Entry<Object, String>> one : keys.entrySet()) {
            there.put(one.getValue().getKey(), "value of " + one.getKey());
            String query = "cache=books&keyType=" + one.getKey() + "&key="
                    + one.getValue().getValue();
            assertThat(server.get(query).text("value")).isEqualTo("value of " + one.getKey());
            assertThat(server.delete(query).body().path("removed").asBoolean()).isTrue();
            assertThat(server.delete(query).body().path("removed").asBoolean()).isFalse();
            assertThat(there.containsKey(one.getValue().getKey())).isFalse();
        }
        Map<String, @Nullable Object> body = entry("books", 42, "answer", "string");
        body.put("keyType", "long");
        assertThat(server.set(body).status()).isEqualTo(200);
        assertThat(there.get(42L)).isEqualTo("answer");
        assertThat(there.get(42)).isNull();
    }

    @Test
    void absentEntriesAndUnknownCachesAreToldApart() throws Exception {
        assertError(server.get("cache=books&key=none"), 404, FaceError.ABSENT);
        assertError(server.get("cache=films&key=none"), 404, FaceError.CACHE_UNKNOWN);
        assertError(server.set(entry("films", "k", "v", "string")), 404, FaceError.CACHE_UNKNOWN);
        here.close();
        assertError(server.get("cache=books&key=none"), 404, FaceError.CACHE_UNKNOWN);
        assertThat(metrics.read(MetricName.HTTP_REQUESTS)).isEqualTo(4);
        assertThat(metrics.read(MetricName.HTTP_REFUSED)).isEqualTo(3);
    }

    private static void assertError(Reply reply, int status, FaceError error) {
        assertThat(reply.code()).as("%s", reply.body()).isEqualTo(error.name());
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("message")).isNotBlank();
    }

    @Test
    void typesOfTheCacheAreKept() throws Exception {
        ring.manager(0)
                .createCache("typed", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        assertThat(server.set(entry("typed", "k", 1, "long")).status()).isEqualTo(200);
        assertError(server.set(entry("typed", "k", 1, "int")), 400, FaceError.WRONG_TYPE);
        assertError(server.get("cache=typed&keyType=int&key=1"), 400, FaceError.WRONG_TYPE);
        here.put("uuid", UUID.randomUUID());
        assertError(server.get("cache=books&key=uuid"), 409, FaceError.UNREPRESENTABLE);
        Reply unknown = server.set(entry("books", "k", 1, "decimal"));
        assertError(unknown, 400, FaceError.UNKNOWN_TYPE);
        assertThat(unknown.text("message")).contains("string, int, long, double, boolean, bytes, json");
    }

    @Test
    void levelsAreTheCallersWhereTheCacheAllowsThem() throws Exception {
        Map<String, @Nullable Object> body = entry("books", "k", "v", "string");
        body.put("level", "ALL");
        assertThat(server.set(body).status()).isEqualTo(200);
        body.put("level", "ONE");
        assertError(server.set(body), 409, FaceError.LEVEL);
        for (String level : List.of("ONE", "QUORUM", "ALL")) {
            assertThat(server.get("cache=books&key=k&level=" + level).text("value"))
                    .isEqualTo("v");
        }
        assertError(server.delete("cache=books&key=k&level=ONE"), 409, FaceError.LEVEL);
        assertError(server.get("cache=books&key=k&level=TWO"), 400, FaceError.BAD_REQUEST);
        ring.manager(0).createCache("loose", new MutableConfiguration<>());
        Map<String, @Nullable Object> loose = entry("loose", "k", "v", "string");
        loose.put("level", "QUORUM");
        assertError(server.set(loose), 409, FaceError.LEVEL);
        loose.put("level", "ONE");
        assertThat(server.set(loose).status()).isEqualTo(200);
    }

    @Test
    void entriesExpireAsTheRequestSaysOrElseAsThePolicySays() throws Exception {
        ring.manager(0)
                .createCache(
                        "brief",
                        new MutableConfiguration<>()
                                .setExpiryPolicyFactory(
                                        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 100))));
        assertThat(server.set(entry("brief", "policy", "v", "string")).status()).isEqualTo(200);
        Map<String, @Nullable Object> lasting = entry("brief", "lasting", "v", "string");
        lasting.put("expiryMillis", 3_600_000);
        assertThat(server.set(lasting).status()).isEqualTo(200);
        Map<String, @Nullable Object> brief = entry("books", "brief", "v", "string");
        assertThat(server.set(brief).status()).isEqualTo(200);
        brief.put("expiryMillis", 100);
        assertThat(server.set(brief).status()).isEqualTo(200);
        await().until(() -> server.get("cache=brief&key=policy").status() == 404);
        await().until(() -> there.get("brief") == null);
        assertThat(server.get("cache=brief&key=lasting").status()).isEqualTo(200);
        brief.put("expiryMillis", 0);
        assertError(server.set(brief), 400, FaceError.BAD_REQUEST);
    }

    @Test
    void listenersAndStatisticsSeeWhatComesOverHttp() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CacheEntryCreatedListener<Object, Object> listener =
                events -> events.forEach(event -> heard.add(event.getKey() + "=" + event.getValue()));
        here.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true));
        ring.manager(0).enableStatistics("books", true);
        assertThat(server.set(entry("books", "k", "v", "string")).status()).isEqualTo(200);
        assertThat(heard).containsExactly("k=v");
        Map<String, @Nullable Object> brief = entry("books", "brief", "v", "string");
        brief.put("expiryMillis", 3_600_000);
        assertThat(server.set(brief).status()).isEqualTo(200);
        assertThat(heard).containsExactly("k=v", "brief=v");
        assertThat(server.get("cache=books&key=k").status()).isEqualTo(200);
        assertThat(server.delete("cache=books&key=k").status()).isEqualTo(200);
        CacheStatistics counts = here.unwrap(HyperCache.class).statistics();
        assertThat(counts.getCachePuts()).isEqualTo(2);
        assertThat(counts.getCacheHits()).isEqualTo(1);
        assertThat(counts.getCacheRemovals()).isEqualTo(1);
    }

    private static final class SilentWriter implements CacheWriter<Object, Object> {
        @Override
        public void write(Cache.Entry<?, ?> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            entries.clear();
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.clear();
        }
    }

    @Test
    void cachesThatWriteThroughAreReadOnly() throws Exception {
        Cache<Object, Object> stored = ring.manager(0)
                .createCache(
                        "stored",
                        new MutableConfiguration<>().setWriteThrough(true).setCacheWriterFactory(SilentWriter::new));
        stored.put("k", "v");
        assertError(server.set(entry("stored", "k", "w", "string")), 409, FaceError.WRITE_THROUGH);
        assertError(server.delete("cache=stored&key=k"), 409, FaceError.WRITE_THROUGH);
        assertThat(server.get("cache=stored&key=k").text("value")).isEqualTo("v");
    }

    @Test
    void aRepeatedRequestActsOnce() throws Exception {
        Reply first = server.set(entry("books", "k", "v", "string"), "key-1");
        here.put("k", "newer");
        Reply again = server.set(entry("books", "k", "v", "string"), "key-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(first.raw().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(there.get("k")).isEqualTo("newer");
        assertThat(metrics.read(MetricName.HTTP_REPEATS)).isEqualTo(1);
        assertError(server.set(entry("books", "k", "w", "string"), "key-1"), 409, FaceError.KEY_REUSED);
        assertError(server.set(entry("books", "k", "w", "string"), "x".repeat(129)), 400, FaceError.BAD_REQUEST);
        String target = HttpFace.DEL + "?cache=books&key=k";
        for (int i = 0; i < 2; i++) {
            Reply removed = server.send(server.request(target).DELETE().header("Idempotency-Key", "key-2"));
            assertThat(removed.body().path("removed").asBoolean())
                    .as("attempt %s", i)
                    .isTrue();
        }
    }

    @Test
    void withoutAMajorityWritesFailAndReadsAtOneDoNot() throws Exception {
        here.put("k", "v");
        ring.kill(1);
        ring.kill(2);
        assertError(server.get("cache=books&key=k"), 503, FaceError.NO_QUORUM);
        // Copies of the request are under way to those who are gone: nobody knows that they did nothing with it.
        Reply written = server.set(entry("books", "k", "w", "string"), "key");
        assertThat(written.code()).isIn(FaceError.INDETERMINATE.name(), FaceError.NO_QUORUM.name());
        assertThat(written.status()).isEqualTo(FaceError.valueOf(written.code()).status());
        assertThat(server.get("cache=books&key=k&level=ONE").status()).isEqualTo(200);
    }
}
