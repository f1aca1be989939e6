package dev.hypercache.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CacheTraitsTest {

    @ParameterizedTest
    @EnumSource(CacheTrait.class)
    void usualValueNeedNotBeSaid(CacheTrait trait) {
        CacheTraits said = CacheTraits.of(Map.of(trait, trait.usual()));

        assertThat(said).isEqualTo(CacheTraits.ORDERED);
        assertThat(said.attributes()).isEmpty();
        assertThat(said.get(trait)).isEqualTo(trait.usual());
    }

    @ParameterizedTest
    @EnumSource(CacheTrait.class)
    void differenceNamesTheFieldBothValuesAndTheRemedy(CacheTrait trait) {
        CacheTraits ring = CacheTraits.of(Map.of(trait, "x"));

        assertThat(ring.differencesFrom(ring)).isEmpty();
        assertThat(CacheTraits.ORDERED.differencesFrom(ring)).singleElement().satisfies(difference -> {
            assertThat(difference.shared()).isEqualTo(trait.isShared());
            assertThat(difference.toString())
                    .isEqualTo(trait.key() + "=x on the ring and " + trait.key() + "=" + trait.usual() + " here ("
                            + trait.remedy() + ")");
        });
    }

    /** What is stored, and who may rely on it, depends on these; a further one would keep nodes of older versions out. */
    @Test
    void nodesMustAgreeOnTypesLevelsAndWriteThrough() {
        assertThat(CacheTrait.values())
                .filteredOn(CacheTrait::isShared)
                .extracting(CacheTrait::key)
                .containsExactly("key.type", "value.type", "consistency.write", "write.through", "store.by.value");
    }

    @Test
    void traitOfALaterVersionIsReportedAndKeepsNobodyOut() {
        CacheTraits ring = new CacheTraits(new TreeMap<>(Map.of("colour", "blue")));

        assertThat(ring.attributes()).containsEntry("colour", "blue");
        assertThat(CacheTraits.ORDERED.differencesFrom(ring))
                .containsExactly(
                        new TraitDifference("colour", "blue", "unknown to this version", "update this node", false));
    }

    @Test
    void onlyWritesAtOneAreUnordered() {
        assertThat(CacheTraits.of(Map.of(CacheTrait.WRITE_LEVEL, "ONE")).ordered())
                .isFalse();
        assertThat(CacheTraits.of(Map.of(CacheTrait.WRITE_LEVEL, "ALL")).ordered())
                .isTrue();
        assertThat(CacheTraits.ORDERED.ordered()).isTrue();
        assertThat(CacheTraits.ORDERED.writesThrough()).isFalse();
        assertThat(CacheTraits.of(Map.of(CacheTrait.WRITE_THROUGH, "true")).writesThrough())
                .isTrue();
    }

    @Test
    void longNamesStayApartWithinTheBoundOfADefinition() {
        String common = "x".repeat(2_000);
        CacheTraits one = CacheTraits.of(Map.of(CacheTrait.KEY_TYPE, common + "a"));
        CacheTraits other = CacheTraits.of(Map.of(CacheTrait.KEY_TYPE, common + "b"));

        assertThat(one.get(CacheTrait.KEY_TYPE)).hasSize(CacheTraits.LENGTH_MAX).startsWith("xxx");
        assertThat(one).isNotEqualTo(other).isEqualTo(new CacheTraits(one.attributes()));
    }

    @Test
    void nameInTheRingHasTheManagerInFrontOfTheCache() {
        String name = DefinedCache.nameOf("hypercache:orders", "books#new");

        assertThat(name).isEqualTo("hypercache:orders#books#new");
        DefinedCache cache = new DefinedCache(name, 1, CacheTraits.ORDERED, List.of());
        assertThat(cache.managerUri()).isEqualTo("hypercache:orders");
        assertThat(cache.cacheName()).isEqualTo("books#new");
    }
}
