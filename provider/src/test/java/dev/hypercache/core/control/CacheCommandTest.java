package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.founded;
import static dev.hypercache.core.control.TestRings.id;
import static dev.hypercache.core.control.TestRings.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Payload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    void usersAreKeptUntilTheyReleaseTheCache() {
        ControlState used = accepted(
                founded(16, 3, "a", "b"), define("books"), new UseCache(1, id("b", 2)), new UseCache(1, id("a", 1)));

        assertThat(users(used, 1)).isEqualTo(MemberSet.of(2, 1));
        assertThat(users(accepted(used, new ReleaseCache(1, id("b", 2))), 1)).isEqualTo(MemberSet.of(1));
        refused(used, Reason.ALREADY_USER, new UseCache(1, id("a", 1)));
        refused(accepted(used, new ReleaseCache(1, id("b", 2))), Reason.NOT_A_USER, new ReleaseCache(1, id("b", 2)));
        refused(used, Reason.NO_SUCH_CACHE, new UseCache(2, id("a", 1)));
        refused(used, Reason.NO_SUCH_CACHE, new ReleaseCache(2, id("a", 1)));
        refused(used, Reason.NOT_A_MEMBER, new UseCache(1, id("a", 9)));
        refused(used, Reason.NOT_A_USER, new ReleaseCache(1, id("a", 9)));
    }

    @Test
    void cacheOfAUserThatIsGoneIsUsedByTheOthers() {
        ControlState used = accepted(
                founded(16, 3, "a", "b", "c"),
                define("books"),
                define("films"),
                new UseCache(1, id("a", 1)),
                new UseCache(1, id("b", 2)),
                new UseCache(2, id("b", 2)));

        ControlState removed = accepted(used, new RemoveMember(id("b", 2)));
        ControlState returned = accepted(used, new AdmitMember(TestRings.profile("b", 2)));

        for (ControlState state : List.of(removed, returned)) {
            assertThat(users(state, 1)).isEqualTo(MemberSet.of(1));
            assertThat(users(state, 2)).isEqualTo(MemberSet.EMPTY);
        }
        assertThat(users(accepted(returned, new UseCache(2, id("b", 4))), 2)).isEqualTo(MemberSet.of(4));
    }

    @Test
    void cacheCreatedAnewHasNoUsers() {
        ControlState state =
                accepted(ring, define("books"), new UseCache(1, id("a", 1)), new DropCache(1), define("books"));

        assertThat(users(state, 2)).isEqualTo(MemberSet.EMPTY);
    }

    @Test
    void usersCountAmongTheBytesOfDefinitions() {
        ControlState state = ring;
        int full = ControlLimits.CACHES_BYTES_MAX / ControlLimits.CONFIGURATION_BYTES_MAX - 1;
        for (int i = 0; i < full; i++) {
            state = accepted(state, new DefineCache("cache " + i, level(), LARGEST));
        }
        int room = ControlLimits.CACHES_BYTES_MAX
                - state.caches().caches().stream()
                        .mapToInt(CacheDefinition::bytesAtMost)
                        .sum();
        int framing = new CacheDefinition(1, "last", level(), Payload.EMPTY).bytesAtMost();
        state = accepted(state, new DefineCache("last", level(), Payload.of(new byte[room - framing])));

        refused(state, Reason.CATALOG_FULL, new UseCache(1, id("a", 1)));
    }

    private static MemberSet users(ControlState state, int cache) {
        return Objects.requireNonNull(state.caches().cache(cache)).users();
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
        int[] users = IntStream.rangeClosed(
                        MemberSet.SHORT_ID_MAX + 1 - ControlLimits.MEMBERS_MAX, MemberSet.SHORT_ID_MAX)
                .toArray();
        CacheDefinition cache = new CacheDefinition(
                Integer.MAX_VALUE, "\u20ac".repeat(1_024), attributes, LARGEST, MemberSet.of(users));
        FieldWriter out = new FieldWriter();
        out.number(cache.id());
        out.text("name", cache.name());
        ValueFormat.write(out, cache.attributes());
        out.payload(cache.configuration());
        ValueFormat.write(out, cache.users());

        assertThat(out.finish("cache", Integer.MAX_VALUE).length()).isLessThanOrEqualTo(cache.bytesAtMost());
    }

    private static DefineCache define(String name) {
        return new DefineCache(name, level(), Payload.EMPTY);
    }

    private static SortedMap<String, String> level() {
        return new TreeMap<>(Map.of("write", "QUORUM"));
    }
}
