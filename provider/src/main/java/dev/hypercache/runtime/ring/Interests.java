package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.ShowInterest;
import dev.hypercache.core.op.Change;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.runtime.call.CountedCallers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Who wants to hear what expires in which cache: the caches that are open on this node, and the members that said so.
 *
 * <p>A member says so when it changes and every {@value #RENEW_MILLIS} ms; its word counts for {@value #LIFE_MILLIS} ms, so
 * that it ends with the member. Bounded by the caches of the application, of which at most {@link ShowInterest#CACHES_MAX}
 * are told to others. Safe for use by any threads.
 */
final class Interests {

    private static final long RENEW_MILLIS = 1_000;
    private static final long LIFE_MILLIS = 5_000;

    private final MemberLinks links;
    private final CacheTallies tallies;
    private final Map<Integer, Set<ChangeObserver>> own = new ConcurrentHashMap<>();
    private final Map<Integer, Word> others = new ConcurrentHashMap<>();
    /** What the others were told last, by the timer alone. */
    private List<Integer> told = List.of();

    private long toldAtMillis;

    private record Word(Set<Integer> caches, long heardAtMillis) {}

    Interests(MemberLinks links, CacheTallies tallies) {
        this.links = links;
        this.tallies = tallies;
    }

    /** What is counted of caches whether they are open here or not. */
    CacheTallies tallies() {
        return tallies;
    }

    /** The caches that are open on this node. */
    Set<Integer> caches() {
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

    /** A member said what it wants to hear of. */
    void heard(int member, ShowInterest interest, long now) {
        others.put(member, new Word(Set.copyOf(interest.caches()), now));
    }

    /** The other members that want to hear of a cache. */
    List<Integer> membersFor(int cache, long now) {
        List<Integer> members = new ArrayList<>();
        others.forEach((member, word) -> {
            if (word.caches().contains(cache) && isCurrent(word, now)) {
                members.add(member);
            }
        });
        return members;
    }

    /** Whether a member still wants to hear anything. */
    boolean wants(int member, long now) {
        Word word = others.get(member);
        return word != null && !word.caches().isEmpty() && isCurrent(word, now);
    }

    private static boolean isCurrent(Word word, long now) {
        return now - word.heardAtMillis() < LIFE_MILLIS;
    }

    /** Tells the others, if that is due. */
    void tick(long now) {
        List<Integer> wanted = new ArrayList<>();
        own.forEach((cache, observers) -> {
            if (wanted.size() < ShowInterest.CACHES_MAX && observers.stream().anyMatch(ChangeObserver::isListening)) {
                wanted.add(cache);
            }
        });
        boolean isDue = !wanted.isEmpty() && now - toldAtMillis >= RENEW_MILLIS;
        if (!isDue && wanted.equals(told)) {
            return;
        }
        told = List.copyOf(wanted);
        toldAtMillis = now;
        for (int member : links.members().others()) {
            links.post(member, new ShowInterest(0, told));
        }
    }
}
