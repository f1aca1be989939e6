package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.CacheDefinition;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DefineCache;
import dev.hypercache.core.control.DropCache;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.ReleaseCache;
import dev.hypercache.core.control.UseCache;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.telemetry.NodeLog;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of the ring's caches, as this node makes and follows them.
 *
 * <p>Whoever creates a cache first defines it; whoever comes later joins if it says the same of what nodes must agree on, and
 * reports what else it says otherwise. While somebody has a cache open its definition stands. One that nobody uses is replaced by
 * a cache that says otherwise, and its entries go with it. Safe for use by any threads; they wait for the ring one by one.
 */
final class CacheDefinitions implements CacheRegistry {

    /** How often a definition is replaced while others do the same. */
    private static final int REPLACEMENTS_MAX = 16;

    /**
     * So long a cache waits at least until the ring agrees on it: applications create their caches while they start, as nodes come and
     * go, and have no second chance.
     */
    private static final long CREATION_MILLIS_MIN = 30_000;

    private static final long PAUSE_MILLIS = 100;

    private final ControlPlane control;
    private final NodeId self;
    private final DriftWatch drift;
    private final NodeLog log;
    private final long creationMillis;

    /** Caches that this node uses no more and did not get to say so; at most as many as a ring has caches. */
    private final Set<Integer> unsaid = new TreeSet<>();

    /** @param creationMillis how long a cache waits until the ring agrees on it */
    CacheDefinitions(ControlPlane control, NodeId self, NodeLog log, long creationMillis) {
        this.control = control;
        this.self = self;
        this.log = log;
        this.creationMillis = creationMillis;
        this.drift = new DriftWatch(log);
        control.follow(drift::changed);
    }

    /** How long a cache waits until the ring agrees on it, where a request waits for so long. */
    static long creationMillis(long requestMillis) {
        return Math.max(CREATION_MILLIS_MIN, requestMillis);
    }

    @Override
    public int join(String name, CacheTraits wanted, Eraser eraser) {
        RingRules.check(name, wanted);
        long startedNanos = System.nanoTime();
        while (true) {
            try {
                return joinAtOnce(name, wanted, eraser);
            } catch (RingSilentException silent) {
                long waitedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
                if (waitedMillis >= creationMillis || Thread.currentThread().isInterrupted()) {
                    throw new CacheException(silent.getMessage() + "; waited for " + waitedMillis + " ms", silent);
                }
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private synchronized int joinAtOnce(String name, CacheTraits wanted, Eraser eraser) {
        String what = "cache '" + name + "' cannot be created";
        confirm(what);
        sayWhatIsUnsaid();
        for (int replaced = 0; replaced < REPLACEMENTS_MAX; replaced++) {
            ControlState now = control.agree(what, state -> towards(state, name, wanted));
            CacheDefinition found = Objects.requireNonNull(now.caches().cache(name), name);
            if (conflicts(wanted, found).isEmpty()) {
                drift.joined(name, found.id(), wanted, now.caches());
                return found.id();
            }
            replace(now, found, wanted, eraser);
        }
        throw new CacheException(what + ": other nodes define it otherwise, and stop using it, again and again");
    }

    /** Others may have changed much that was not told here; without it they would be taken for users that they are no more. */
    private void confirm(String what) {
        try {
            control.confirmed();
        } catch (RequestFailedException e) {
            throw new RingSilentException(what + ": " + e.getMessage(), e);
        }
    }

    /** The next change on the way to a cache that this node uses; none if that must be replaced first. */
    private @Nullable ControlCommand towards(ControlState now, String name, CacheTraits wanted) {
        CacheDefinition found = now.caches().cache(name);
        if (found == null) {
            return new DefineCache(name, wanted.attributes(), Payload.EMPTY);
        }
        List<TraitDifference> conflicts = conflicts(wanted, found);
        if (conflicts.isEmpty()) {
            return uses(now, found) ? null : new UseCache(found.id(), self);
        }
        if (isInUse(now, found)) {
            throw new CacheException("cache '" + name + "' exists on the ring, is open on "
                    + String.join(", ", usersOf(now, found)) + ", and is defined otherwise: "
                    + conflicts.stream().map(TraitDifference::toString).collect(Collectors.joining("; "))
                    + ". Or choose another name, or destroy the cache, which removes its entries");
        }
        return null;
    }

    private static List<TraitDifference> conflicts(CacheTraits wanted, CacheDefinition found) {
        return wanted.differencesFrom(traitsOf(found)).stream()
                .filter(TraitDifference::shared)
                .toList();
    }

    private static CacheTraits traitsOf(CacheDefinition definition) {
        return new CacheTraits(definition.attributes());
    }

    private boolean uses(ControlState now, CacheDefinition cache) {
        Member member = now.roster().member(self);
        return member != null && cache.users().contains(member.shortId());
    }

    /** Whether others use it, or this node really does. */
    private boolean isInUse(ControlState now, CacheDefinition cache) {
        int others = cache.users().size() - (uses(now, cache) ? 1 : 0);
        return others > 0 || drift.isOpen(cache.id());
    }

    private void replace(ControlState now, CacheDefinition unused, CacheTraits wanted, Eraser eraser) {
        log.forCache(DefinedCache.cacheNameOf(unused.name()))
                .warn("define")
                .log(
                        "Nobody has the cache open, and it is defined anew; its entries are removed. It differs in {}.",
                        conflicts(wanted, unused).stream()
                                .map(TraitDifference::toString)
                                .collect(Collectors.joining("; ")));
        eraser.erase(defined(now, unused));
        control.agree("cache '" + unused.name() + "' cannot be defined anew", state -> {
            CacheDefinition found = state.caches().cache(unused.id());
            return found == null || isInUse(state, found) ? null : new DropCache(unused.id());
        });
        unsaid.remove(unused.id());
    }

    @Override
    public synchronized void quit(int id, CacheTraits traits, boolean hearsMajority) {
        drift.quit(id, traits);
        if (drift.isOpen(id)) {
            return;
        }
        boolean isReachable = unsaid.isEmpty() && hearsMajority;
        unsaid.add(id);
        if (isReachable) {
            sayWhatIsUnsaid();
        }
    }

    /** Tells the ring which caches this node uses no more. Does nothing for caches that were opened again. */
    synchronized void sayWhatIsUnsaid() {
        unsaid.removeIf(drift::isOpen);
        try {
            for (int id : Set.copyOf(unsaid)) {
                control.agree("a cache cannot be released", now -> {
                    CacheDefinition cache = now.caches().cache(id);
                    return cache != null && uses(now, cache) ? new ReleaseCache(id, self) : null;
                });
                unsaid.remove(id);
            }
        } catch (CacheException unreachable) {
            log.info("release")
                    .setCause(unreachable)
                    .log(
                            "The ring was not told that {} closed caches are no longer used here; it will be.",
                            unsaid.size());
        }
    }

    @Override
    public void drop(int id) {
        control.agree("a cache cannot be destroyed", now -> now.caches().cache(id) == null ? null : new DropCache(id));
    }

    @Override
    public List<DefinedCache> confirmed() {
        return list(control.confirmed());
    }

    @Override
    public List<DefinedCache> known() {
        return list(control.state());
    }

    @Override
    public List<TraitDifference> driftOf(int id) {
        return drift.differences(id);
    }

    static List<DefinedCache> list(ControlState now) {
        return now.caches().caches().stream().map(cache -> defined(now, cache)).toList();
    }

    private static DefinedCache defined(ControlState now, CacheDefinition cache) {
        return new DefinedCache(cache.name(), cache.id(), traitsOf(cache), usersOf(now, cache));
    }

    private static List<String> usersOf(ControlState now, CacheDefinition cache) {
        return Arrays.stream(cache.users().toArray())
                .mapToObj(user -> now.roster().member(user))
                .filter(Objects::nonNull)
                .map(member -> member.profile().name())
                .sorted()
                .toList();
    }

    @Override
    public int driftingFields() {
        return drift.fields();
    }
}
