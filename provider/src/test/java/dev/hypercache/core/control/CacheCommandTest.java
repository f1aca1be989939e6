package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.founded;
import static dev.hypercache.core.control.TestRings.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.spi.Payload;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CacheCommandTest {

    private static final Payload LARGEST = Payload.of(new byte[ControlLimits.CONFIGURATION_BYTES_MAX]);

    private final ControlState ring = founded(16, 3, "a");

    @Test
    void cacheIsFoundByItsNameAndByTheIdThatTheLogGave() {
        ControlState state = accepted(ring, define("books"), define("films"));

        CacheDefinition films = state.caches().cache("films");
        assertThat(films).isEqualTo(new CacheDefinition(2, "films", level(), Payload.EMPTY));
        assertThat(state.caches().cache(2)).isEqualTo(films);
        assertThat(state.caches().cache(3)).isNull();
        assertThat(state.caches().caches()).extracting(CacheDefinition::id).containsExactly(1, 2);
    }

    @Test
    void nameIsTakenOnce() {
        refused(accepted(ring, define("books")), Reason.CACHE_EXISTS, define("books"));
    }

    @Test
    void idOfADroppedCacheIsNeverUsedAgain() {
        ControlState state = accepted(ring, define("books"), new DropCache(1), define("books"));

        assertThat(state.caches().cache("books"))
                .extracting(CacheDefinition::id)
                .isEqualTo(2);
        refused(state, Reason.NO_SUCH_CACHE, new DropCache(1));
        assertThat(accepted(state, new DropCache(2)).caches().caches()).isEmpty();
    }

    @Test
    void ringHoldsSoManyBytesOfDefinitions() {
        ControlState state = ring;
        int full = ControlLimits.CACHES_BYTES_MAX / ControlLimits.CONFIGURATION_BYTES_MAX - 1;
        for (int i = 0; i < full; i++) {
            state = accepted(state, new DefineCache("cache " + i, level(), LARGEST));
        }
        refused(state, Reason.CATALOG_FULL, new DefineCache("one too many", level(), LARGEST));
        accepted(state, define("a small one"));
    }

    @Test
    void ringWithoutAnIdLeftTakesNoCache() {
        ControlState state = ring.with(new CacheCatalog(List.of(), Integer.MAX_VALUE));

        refused(state, Reason.CATALOG_FULL, define("books"));
    }

    @Test
    void definitionsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> define(""))
                .withMessageContaining("name of a cache has 0 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> define("x".repeat(1_025)))
                .withMessageContaining("1025 characters");
        SortedMap<String, String> many = new TreeMap<>();
        for (int i = 0; i <= ControlLimits.ATTRIBUTES_MAX; i++) {
            many.put("key " + i, "");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DefineCache("c", many, Payload.EMPTY))
                .withMessageContaining("number of attributes is 65");
    }

    @Test
    void definitionIsNeverLargerThanItCounts() {
        SortedMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < ControlLimits.ATTRIBUTES_MAX; i++) {
            attributes.put("\u20ac" + i, "\u20ac".repeat(ControlLimits.TEXT_LENGTH_MAX));
        }
        CacheDefinition cache = new CacheDefinition(Integer.MAX_VALUE, "\u20ac".repeat(1_024), attributes, LARGEST);
        FieldWriter out = new FieldWriter();
        out.number(cache.id());
        out.text("name", cache.name());
        ValueFormat.write(out, cache.attributes());
        out.payload(cache.configuration());

        assertThat(out.finish("cache", Integer.MAX_VALUE).length()).isLessThanOrEqualTo(cache.bytesAtMost());
    }

    private static DefineCache define(String name) {
        return new DefineCache(name, level(), Payload.EMPTY);
    }

    private static SortedMap<String, String> level() {
        return new TreeMap<>(java.util.Map.of("write", "QUORUM"));
    }
}
