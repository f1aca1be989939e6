package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypercache.management.CacheDirectory;
import dev.hypercache.spi.security.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of the caches of a ring. */
@Timeout(120)
final class ListedCachesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void cachesAreListedWithTheirDefinitionUsersAndDrift() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 2)) {
            CacheManager manager = ring.cache(0).getCacheManager();
            manager.createCache("films", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
            ring.cache(1)
                    .getCacheManager()
                    .createCache(
                            "films",
                            new MutableConfiguration<String, Long>()
                                    .setTypes(String.class, Long.class)
                                    .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));

            JsonNode here = json(ring.get(0, Role.ADMIN, "/cluster/caches"));
            JsonNode there = json(ring.get(1, Role.ADMIN, "/cluster/caches"));

            assertThat(here.path("node").asText()).isEqualTo("n1");
            assertThat(here.path("confirmed").asBoolean()).isTrue();
            assertThat(here.at("/caches/0/name").asText()).isEqualTo("books");
            JsonNode films = here.at("/caches/1");
            assertThat(films.path("name").asText()).isEqualTo("films");
            assertThat(films.path("namespace").asText())
                    .isEqualTo(manager.getURI().toString());
            assertThat(films.path("id").asInt()).isEqualTo(2);
            assertThat(films.at("/definition/value.type").asText()).isEqualTo("java.lang.Long");
            assertThat(films.at("/definition/consistency.write").asText()).isEqualTo("QUORUM");
            assertThat(films.at("/definition/expiry").asText()).isEqualTo("eternal");
            assertThat(films.path("users").toString()).isEqualTo("[\"n1\",\"n2\"]");
            assertThat(films.path("drift")).isEmpty();
            assertThat(there.at("/caches/1/id").asInt()).isEqualTo(2);
            assertThat(there.at("/caches/1/drift/0/field").asText()).isEqualTo("expiry");
            assertThat(there.at("/caches/1/drift/0/ring").asText()).isEqualTo("eternal");
            assertThat(there.at("/caches/1/drift/0/here").asText()).isEqualTo("created:3600000ms");
            assertThat(ring.get(1, Role.METRICS, "/metrics").body()).contains("hypercache_dist_cache_drift 1.0");
        }
    }

    @Test
    void nodeThatHasNotJoinedKnowsNoCaches() {
        CacheDirectory.Listing listing = new NodeCaches().caches();

        assertThat(listing.confirmed()).isFalse();
        assertThat(listing.caches()).isEmpty();
        assertThat(new NodeCaches().driftOf(1)).isEmpty();
    }
}
