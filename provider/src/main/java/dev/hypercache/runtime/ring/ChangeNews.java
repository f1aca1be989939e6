package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.InterestHeard;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ShowInterest;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.telemetry.NodeLog;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands on to the caches of this node what leaders tell of changes.
 *
 * <p>What a caller of this node caused is told it with the answer, and by its own thread; its change waits here for at most
 * {@value #ANSWER_MILLIS} ms and is passed on by a thread of the cache if no caller came for it; at most
 * {@value #UNCLAIMED_MAX} wait. Safe for use by any threads; called in the guards of slots.
 */
final class ChangeNews {

    private static final long ANSWER_MILLIS = 1_000;
    private static final int UNCLAIMED_MAX = 100_000;
    private static final long LATE_LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final NodeClock clock;
    private final MemberLinks links;
    private final Interests interests;
    private final RingMetrics metrics;
    private final NodeLog log;
    private final ArrayDeque<Unclaimed> unclaimed = new ArrayDeque<>();
    private long loggedLateNanos = System.nanoTime() - LATE_LOG_NANOS;

    private record Unclaimed(ChangeObserver observer, Object noted, long dueMillis) {}

    /** What a caller of this node did to an entry. */
    record Caused(
            Change change,
            @Nullable StoredRecord before,
            @Nullable StoredRecord after) {}

    ChangeNews(MemberLinks links, NodeClock clock, Interests interests, RingMetrics metrics, NodeLog log) {
        this.clock = clock;
        this.links = links;
        this.interests = interests;
        this.metrics = metrics;
        this.log = log;
    }

    Interests interests() {
        return interests;
    }

    /** An entry expired in a slot that this node leads, and no caller came across it. */
    void expiredUnasked(int cache) {
        interests.lost(cache, Change.EXPIRED);
    }

    /** Whether the caches of this node take in more changes. */
    boolean hasRoom(int cache) {
        for (ChangeObserver observer : interests.observersOf(cache)) {
            if (!observer.hasRoom()) {
                return false;
            }
        }
        return true;
    }

    /**
     * A leader told of a change.
     *
     * @param seen run once the synchronous listeners have seen it
     */
    void told(RecordKey name, ToldChange told, Runnable seen) {
        Collection<ChangeObserver> observers = interests.observersOf(name.cache());
        AtomicInteger open = new AtomicInteger(1);
        Runnable one = () -> {
            if (open.decrementAndGet() == 0) {
                seen.run();
            }
        };
        StoredRecord after = told.after().isTombstone() ? null : told.after();
        for (ChangeObserver observer : observers) {
            Object noted = observer.note(name.key(), told.change(), told.before(), after);
            if (noted != null && told.own()) {
                await(observer, noted);
            } else if (noted != null) {
                open.incrementAndGet();
                observer.deliver(noted, one);
            }
        }
        one.run();
    }

    private void await(ChangeObserver observer, Object noted) {
        Unclaimed oldest = null;
        synchronized (unclaimed) {
            unclaimed.add(new Unclaimed(observer, noted, clock.steadyMillis() + ANSWER_MILLIS));
            if (unclaimed.size() > UNCLAIMED_MAX) {
                oldest = unclaimed.remove();
            }
        }
        if (oldest != null) {
            oldest.observer().deliver(oldest.noted(), () -> {});
        }
    }

    /** Other caches of this node learn what a caller of this one did. */
    void tellOthers(ChangeObserver caller, RecordKey name, Caused caused, boolean isNews) {
        for (ChangeObserver observer : interests.observersOf(name.cache())) {
            Object noted = observer == caller ? null : noted(observer, name.key(), caused, isNews);
            if (noted != null) {
                observer.deliver(noted, () -> {});
            }
        }
    }

    /** What an observer has to be told of a change: what it noted before, or now if it is news. */
    @Nullable
    Object noted(ChangeObserver observer, Object key, Caused caused, boolean isNews) {
        return isNews
                ? observer.note(key, caused.change(), caused.before(), caused.after())
                : observer.find(key, caused.before(), caused.after());
    }

    /** An answer did not wait any longer for synchronous listeners of other nodes. */
    void listenerLate() {
        long now = System.nanoTime();
        synchronized (unclaimed) {
            if (now - loggedLateNanos < LATE_LOG_NANOS) {
                return;
            }
            loggedLateNanos = now;
        }
        log.warn("listeners")
                .log(
                        "Synchronous listeners of another node took longer than hypercache.request.timeout; the operations are"
                                + " done, only their callers did not wait. Make the listeners faster, or register them as"
                                + " asynchronous ones.");
    }

    /** A message of another member; false if it is about something else. */
    boolean receive(int from, Message message) {
        if (message instanceof ShowInterest interest) {
            heard(from, interest);
        } else if (message instanceof InterestHeard heard) {
            interests.acknowledged(from, heard.round());
        } else {
            return false;
        }
        return true;
    }

    /** A client is told what others listen to, for nobody tells it of that; it has the number of its question back. */
    private void heard(int from, ShowInterest interest) {
        interests.heard(from, interest, clock.steadyMillis());
        if (links.members().isClient()) {
            return;
        }
        if (Clients.isNumber(from)) {
            links.post(from, new ShowInterest(0, interest.round(), interests.apartFrom(from)));
        }
        links.post(from, new InterestHeard(0, interest.round()));
    }

    void repeated() {
        metrics.eventRepeated();
    }

    /** Does what is due. */
    void tick() {
        long now = clock.steadyMillis();
        interests.tick(now);
        for (Unclaimed one = due(now); one != null; one = due(now)) {
            one.observer().deliver(one.noted(), () -> {});
        }
    }

    private @Nullable Unclaimed due(long now) {
        synchronized (unclaimed) {
            Unclaimed first = unclaimed.peek();
            return first != null && first.dueMillis() <= now ? unclaimed.remove() : null;
        }
    }
}
