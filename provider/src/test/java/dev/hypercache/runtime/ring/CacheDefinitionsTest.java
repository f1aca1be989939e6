package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.DefineCache;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.TestRings;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.topology.local.LocalTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How nodes agree on what a cache is, over a log that they share. */
final class CacheDefinitionsTest {

    private static final String BOOKS = "hypercache:test#books";
    private static final CacheTraits STRINGS = CacheTraits.of(Map.of(CacheTrait.KEY_TYPE, "java.lang.String"));
    private static final CacheTraits LONGS =
            CacheTraits.of(Map.of(CacheTrait.KEY_TYPE, "java.lang.Long", CacheTrait.WRITE_LEVEL, "ALL"));

    private static final long CREATION_MILLIS = 2_000;

    private final LocalTopology topology = new LocalTopology();
    private final TopologyLog log = topology.open();
    private final List<ControlPlane> planes = new ArrayList<>();
    private final List<DefinedCache> erased = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CacheDefinitionsTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private CutLog wireOfA;
    private CacheDefinitions a;
    private CacheDefinitions b;

    @BeforeEach
    void found() {
        log.start(index -> {});
        append(TopologyPlanner.found(
                TestRings.settings(16, 2), List.of(TestRings.profile("a"), TestRings.profile("b"))));
        wireOfA = new CutLog(topology.open());
        a = node("a", 1, wireOfA);
        b = node("b", 2, topology.open());
        lines.start();
        logger.addAppender(lines);
    }

    private CacheDefinitions node(String name, int incarnation, TopologyLog wire) {
        ControlPlane plane = new ControlPlane(wire, 1_000);
        plane.start(plane::catchUp);
        planes.add(plane);
        return new CacheDefinitions(
                plane, TestRings.id(name, incarnation), NodeLog.of(CacheDefinitionsTest.class, name), CREATION_MILLIS);
    }

    private void append(ControlCommand command) {
        long last = log.barrier(1_000).toCompletableFuture().join();
        log.append(last, new ControlChange(UUID.randomUUID(), command).encode(), 1_000)
                .toCompletableFuture()
                .join();
    }

    private long changes() {
        return log.barrier(1_000).toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        planes.forEach(ControlPlane::close);
        log.close();
    }

    private int join(CacheDefinitions node, CacheTraits traits) {
        return node.join(BOOKS, traits, erased::add);
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void whoComesFirstDefinesAndWhoComesLaterJoins() {
        int id = join(a, STRINGS);

        assertThat(join(b, STRINGS)).isEqualTo(id);
        assertThat(a.confirmed()).containsExactly(new DefinedCache(BOOKS, id, STRINGS, List.of("a", "b")));
        assertThat(erased).isEmpty();
    }

    @Test
    void definitionThatIsInUseIsNotContradicted() {
        int id = join(a, STRINGS);

        assertThatThrownBy(() -> join(b, LONGS))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(
                        "is open on a",
                        "key.type=java.lang.String on the ring and key.type=java.lang.Long here (call setTypes",
                        "consistency.write=QUORUM on the ring and consistency.write=ALL here (set consistency.write",
                        "destroy the cache");
        assertThatThrownBy(() -> join(a, LONGS)).hasMessageContaining("is open on a");
        assertThat(b.confirmed()).containsExactly(new DefinedCache(BOOKS, id, STRINGS, List.of("a")));
    }

    @Test
    void definitionThatNobodyUsesIsReplacedAndItsEntriesAreErased() {
        int id = join(a, STRINGS);
        a.quit(id, STRINGS, true);

        int next = join(b, LONGS);

        assertThat(next).isGreaterThan(id);
        assertThat(erased).containsExactly(new DefinedCache(BOOKS, id, STRINGS, List.of()));
        assertThat(a.confirmed()).containsExactly(new DefinedCache(BOOKS, next, LONGS, List.of("b")));
        assertThat(warnings()).singleElement().asString().contains("defined anew", "key.type=java.lang.String");
    }

    @Test
    void definitionThatNobodyUsesWaitsForWhoSaysTheSame() {
        int id = join(a, STRINGS);
        a.quit(id, STRINGS, true);

        assertThat(a.known()).containsExactly(new DefinedCache(BOOKS, id, STRINGS, List.of()));
        assertThat(join(b, STRINGS)).isEqualTo(id);
        assertThat(erased).isEmpty();
    }

    @Test
    void entriesThatCannotBeErasedKeepTheDefinition() {
        int id = join(a, STRINGS);
        a.quit(id, STRINGS, true);

        assertThatThrownBy(() -> b.join(BOOKS, LONGS, cache -> {
                    throw new CacheException("no majority");
                }))
                .hasMessage("no majority");
        assertThat(b.confirmed()).extracting(DefinedCache::id).containsExactly(id);
    }

    @Test
    void nodeUsesACacheAsLongAsOneOfItsManagersDoes() {
        int id = join(a, STRINGS);
        assertThat(join(a, STRINGS)).isEqualTo(id);

        a.quit(id, STRINGS, true);
        assertThat(b.confirmed()).extracting(DefinedCache::users).containsExactly(List.of("a"));
        a.quit(id, STRINGS, true);
        assertThat(b.confirmed()).extracting(DefinedCache::users).containsExactly(List.of());
    }

    @Test
    void whatTheRingCouldNotBeToldIsToldAtTheNextOpportunity() {
        int id = join(a, STRINGS);
        int films = a.join("hypercache:test#films", STRINGS, erased::add);
        wireOfA.cut();
        a.quit(id, STRINGS, true);
        a.quit(films, STRINGS, true);
        assertThat(b.confirmed()).extracting(DefinedCache::users).containsExactly(List.of("a"), List.of("a"));
        assertThat(wireOfA.refused())
                .as("no second wait for a ring that does not answer")
                .isEqualTo(1);

        wireOfA.mend();
        assertThat(a.join("hypercache:test#films", STRINGS, erased::add)).isEqualTo(films);

        assertThat(b.confirmed()).extracting(DefinedCache::users).containsExactly(List.of(), List.of("a"));
        join(b, LONGS);
    }

    @Test
    void nodeThatDefinesTheSameAtTheSameTimeIsJoined() {
        wireOfA.beforeNextAppend(() -> join(b, STRINGS));

        int id = join(a, STRINGS);

        assertThat(a.confirmed()).containsExactly(new DefinedCache(BOOKS, id, STRINGS, List.of("a", "b")));
    }

    @Test
    void nodeThatDefinesOtherwiseAtTheSameTimeWins() {
        wireOfA.beforeNextAppend(() -> join(b, LONGS));

        assertThatThrownBy(() -> join(a, STRINGS)).hasMessageContaining("is open on b");
    }

    @Test
    void memberThatIsRemovedUsesNothing() {
        int id = join(a, STRINGS);
        append(new RemoveMember(TestRings.id("a", 1)));

        assertThat(join(b, LONGS)).isGreaterThan(id);
    }

    @Test
    void ringThatDoesNotAnswerCreatesNothing() {
        wireOfA.cut();

        assertThatThrownBy(() -> join(a, STRINGS))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("cannot be created")
                .hasMessageContaining("majority")
                .hasMessageContaining("waited for");
        assertThat(b.confirmed()).isEmpty();
    }

    @Test
    void cacheWaitsForARingThatCannotAgreeYet() {
        wireOfA.cutFor(3);

        int id = join(a, STRINGS);

        assertThat(wireOfA.refused()).isEqualTo(3);
        assertThat(b.confirmed()).containsExactly(new DefinedCache(BOOKS, id, STRINGS, List.of("a")));
    }

    @Test
    void cacheWaitsNoLongerForAThreadThatIsInterrupted() {
        wireOfA.cut();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> join(a, STRINGS)).isInstanceOf(CacheException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(wireOfA.refused()).isEqualTo(1);
    }

    @Test
    void whatNoRingCanHaveIsNotDefined() {
        long before = changes();
        CacheTraits references = CacheTraits.of(Map.of(CacheTrait.STORE_BY_VALUE, "false"));
        CacheTraits bounded = CacheTraits.of(Map.of(CacheTrait.WRITE_LEVEL, "ONE", CacheTrait.ENTRIES_MAX, "5"));

        assertThatThrownBy(() -> join(a, references)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> join(a, bounded)).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> a.join("x".repeat(1_025), STRINGS, erased::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1025 characters");
        assertThat(changes()).isEqualTo(before);
    }

    @Test
    void fullCatalogIsToldWithoutAChange() {
        int room = 8 << 20;
        for (int i = 10; room > 60; i++) {
            int bytes = Math.min(256 << 10, room - 60);
            append(new DefineCache("c" + i, new TreeMap<>(), Payload.of(new byte[bytes])));
            room -= bytes + 16 + 3 * 3; // Three bytes for a character of the name.
        }
        long before = changes();

        assertThatThrownBy(() -> join(b, STRINGS))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("4096 caches");
        assertThat(changes()).isEqualTo(before);
    }

    @Test
    void driftIsCountedAndLoggedOnceForEachField() {
        join(a, STRINGS);
        CacheTraits other = CacheTraits.of(Map.of(
                CacheTrait.KEY_TYPE,
                "java.lang.String",
                CacheTrait.EXPIRY,
                "created:5ms",
                CacheTrait.ENTRIES_MAX,
                "7"));
        int id = join(b, other);

        assertThat(a.driftingFields()).isZero();
        assertThat(b.driftingFields()).isEqualTo(2);
        assertThat(b.driftOf(id))
                .extracting(TraitDifference::field, TraitDifference::onRing, TraitDifference::here)
                .containsExactly(tuple("expiry", "eternal", "created:5ms"), tuple("max.entries", "unbounded", "7"));
        b.join("hypercache:test#films", STRINGS, erased::add);
        assertThat(warnings())
                .hasSize(2)
                .anyMatch(line -> line.contains("expiry=eternal on the ring and expiry=created:5ms here"));

        b.quit(id, other, true);
        assertThat(b.driftingFields()).isZero();
        assertThat(b.driftOf(id)).isEmpty();
    }

    @Test
    void cacheThatAnotherNodeDestroyedIsDrift() {
        int id = join(a, STRINGS);
        join(b, STRINGS);
        b.quit(id, STRINGS, true);
        b.drop(id);

        assertThat(a.confirmed()).isEmpty();
        assertThat(a.driftOf(id)).extracting(TraitDifference::field).containsExactly("id");
        assertThat(a.driftingFields()).isEqualTo(1);
        assertThat(warnings()).singleElement().asString().contains("another node destroyed the cache");

        a.quit(id, STRINGS, true);
        assertThat(join(a, LONGS)).isGreaterThan(id);
        assertThat(a.driftingFields()).isZero();
    }
}
