package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.Audience;
import dev.hypercache.core.message.CacheInterest;
import dev.hypercache.core.message.ShowInterest;
import dev.hypercache.core.op.Change;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.runtime.call.CountedCallers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who wants to hear what changes in which cache: the caches that are open on this node, and the members and clients that said so.
 *
 * <p>A member says so when it changes and every {@value #RENEW_MILLIS} ms; its word counts for {@value #LIFE_MILLIS} ms, so
 * that it ends with the member. Bounded by the caches of the application, of which at most {@link ShowInterest#CACHES_MAX}
 * are told to others. Safe for use by any threads.
 */
final class Interests implements Audience {

    private static final long RENEW_MILLIS = 1_000;
    private static final long LIFE_MILLIS = 5_000;
    /** The most that changes may take up which others have not heard of yet. */
    private static final long BYTES_MAX = 64L << 20;

    private final MemberLinks links;
    private final CacheTallies tallies;
    private final Map<Integer, Set<ChangeObserver>> own = new ConcurrentHashMap<>();
    private final Map<Integer, Word> others = new ConcurrentHashMap<>();
    private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Map<Integer, List<Listening>> index = Map.of();
    // What follows is guarded by this.
    private List<CacheInterest> told = List.of();
    private long round;
    private long toldAtMillis;

    private record Word(Map<Integer, CacheInterest> caches, long round, long heardAtMillis) {

        /** Whether a cache is not in it, and it is the whole word. */
        boolean isUnheard(int cache) {
            return !caches.containsKey(cache) && caches.size() < ShowInterest.CACHES_MAX;
        }
    }

    Interests(MemberLinks links, CacheTallies tallies) {
        this.links = links;
        this.tallies = tallies;
    }

    /** What is counted of caches whether they are open here or not. */
    CacheTallies tallies() {
        return tallies;
    }

    /** The caches that are open on this node. */
    Set<Integer> openCaches() {
        return own.keySet();
    }

    /** An entry was evicted or expired unasked in a slot that this node leads. */
    void lost(int cache, Change change) {
        boolean counts = tallies.counting(cache).on();
        for (ChangeObserver observer : observersOf(cache)) {
            observer.lost(change);
            CountedCallers callers = observer.counted();
            counts |= callers != null && callers.isCounting();
        }
        if (counts) {
            tallies.lost(cache, change);
        }
    }

    /** A cache is opened on this node. */
    void open(int cache, ChangeObserver observer) {
        own.computeIfAbsent(cache, unused -> new CopyOnWriteArraySet<>()).add(observer);
    }

    /** A cache is closed on this node. */
    void close(int cache, ChangeObserver observer) {
        own.computeIfPresent(cache, (id, observers) -> {
            observers.remove(observer);
            return observers.isEmpty() ? null : observers;
        });
    }

    /** Those on this node who learn of the changes of a cache. */
    Collection<ChangeObserver> observersOf(int cache) {
        return own.getOrDefault(cache, Set.of());
    }

    /** Whether somebody on this node listens to a cache. */
    boolean listensTo(int cache) {
        for (ChangeObserver observer : observersOf(cache)) {
            if (observer.isListening()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Listening> of(int cache) {
        return index.getOrDefault(cache, List.of());
    }

    @Override
    public Collection<Integer> caches() {
        return index.keySet();
    }

    @Override
    public boolean reserve(long wanted) {
        if (bytes.addAndGet(wanted) <= BYTES_MAX) {
            return true;
        }
        bytes.addAndGet(-wanted);
        return false;
    }

    @Override
    public void release(long taken) {
        bytes.addAndGet(-taken);
    }

    /** A member said what it wants to hear of. */
    synchronized void heard(int member, ShowInterest interest, long now) {
        Word before = others.get(member);
        if (before != null && before.round() > interest.round()) {
            return;
        }
        Map<Integer, CacheInterest> caches = new TreeMap<>();
        interest.caches().forEach(one -> caches.put(one.cache(), one));
        others.put(member, new Word(caches, interest.round(), now));
        build(now);
    }

    /** A member has heard what this node wants. */
    void acknowledged(int member, long heardRound) {
        acknowledged.merge(member, heardRound, Math::max);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Tells the others, if that is due. */
    synchronized void tick(long now) {
        others.values().removeIf(word -> now - word.heardAtMillis() >= LIFE_MILLIS);
        List<CacheInterest> wanted = wanted();
        boolean isDue = !wanted.isEmpty() && now - toldAtMillis >= RENEW_MILLIS;
        if (isDue || !wanted.equals(told)) {
            tell(wanted, now);
        }
        build(now);
    }

    /**
     * Tells the others at once what is listened to by now, and waits until they know.
     *
     * @param suspected who is not waited for
     * @param millis the longest wait
     * @return the number of what was told
     */
    synchronized long announce(BitSet suspected, NodeClock clock, long millis) {
        long now = clock.steadyMillis();
        tell(wanted(), now);
        build(now);
        long mine = round;
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            long leftMillis = millis;
            while (leftMillis > 0 && !isKnown(mine, suspected)) {
                wait(leftMillis);
                leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return mine;
    }

    /**
     * Whether somebody listens to a cache, here or on another node. A client is told of others if it asks the members; where one does
     * not answer in time somebody may.
     */
    boolean isListenedTo(int cache, BitSet suspected, NodeClock clock, long millis) {
        if (!links.members().isClient()) {
            return listensTo(cache) || !of(cache).isEmpty();
        }
        return listensTo(cache) || !isKnownUnheard(cache, announce(suspected, clock, millis));
    }

    private boolean isKnownUnheard(int cache, long mine) {
        for (int member : links.members().others()) {
            Word word = others.get(member);
            if (word == null || word.round() < mine || !word.isUnheard(cache)) {
                return false;
            }
        }
        return true;
    }

    /** What somebody else than a client listens to, as far as this member knows. */
    List<CacheInterest> apartFrom(int client) {
        List<CacheInterest> all = new ArrayList<>();
        index.forEach((cache, listening) -> {
            boolean isHeard = listening.stream().anyMatch(one -> one.member() != client);
            if (isHeard && all.size() < ShowInterest.CACHES_MAX) {
                all.add(new CacheInterest(cache, false, false));
            }
        });
        return all;
    }

    private boolean isKnown(long mine, BitSet suspected) {
        for (int member : links.members().others()) {
            if (!suspected.get(member) && acknowledged.getOrDefault(member, 0L) < mine) {
                return false;
            }
        }
        return true;
    }

    private void tell(List<CacheInterest> wanted, long now) {
        told = wanted;
        toldAtMillis = now;
        round++;
        for (int member : links.members().others()) {
            links.post(member, new ShowInterest(0, round, told));
        }
    }

    private List<CacheInterest> wanted() {
        List<CacheInterest> wanted = new ArrayList<>();
        own.forEach((cache, observers) -> {
            boolean listens = observers.stream().anyMatch(ChangeObserver::isListening);
            if (listens && wanted.size() < ShowInterest.CACHES_MAX) {
                boolean waits = observers.stream().anyMatch(ChangeObserver::isAwaited);
                boolean wantsOld = observers.stream().anyMatch(ChangeObserver::wantsOld);
                wanted.add(new CacheInterest(cache, waits, wantsOld));
            }
        });
        return List.copyOf(wanted);
    }

    /** Puts together who listens to what. */
    private void build(long now) {
        if (told.isEmpty() && others.isEmpty() && index.isEmpty()) {
            return;
        }
        Map<Integer, List<Listening>> built = new TreeMap<>();
        told.forEach(one -> add(built, links.members().self(), one));
        others.forEach((member, word) -> {
            if (now - word.heardAtMillis() < LIFE_MILLIS) {
                word.caches().values().forEach(one -> add(built, member, one));
            }
        });
        index = built;
    }

    private static void add(Map<Integer, List<Listening>> built, int member, CacheInterest one) {
        built.computeIfAbsent(one.cache(), unused -> new ArrayList<>())
                .add(new Listening(member, one.synchronous(), one.wantsOld()));
    }
}
