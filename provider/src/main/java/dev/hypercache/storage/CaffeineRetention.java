package dev.hypercache.storage;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionListener;
import dev.hypercache.spi.storage.RetentionPolicy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * W-TinyLFU and a hierarchical timer wheel, by Caffeine, as a book-keeper only.
 *
 * <p>A full Caffeine cache drops what it likes, fresh writes included. Here it holds no values: it maps keys to their
 * weight and deadline, and what it drops becomes a proposal to whoever leads the key's slot. Caffeine's work runs on the
 * calling thread, so nothing lags behind and no pool of its own is needed. Caffeine bounds either count or weight; a
 * cache bounded by both is kept in two books, and what one of them drops is struck from the other.
 *
 * <p>Writers do not wait while one of them lets Caffeine work, but put their writes into its buffer. A small cache would
 * grow to a multiple of its bound if that thread lost its processor meanwhile. Therefore a writer that finds the book
 * {@link #OVERSHOOT_MAX} entries beyond its bound waits and works along.
 *
 * <p>Expiry is proposed within one tick of the timer wheel, about 1.1 seconds, after the deadline.
 */
final class CaffeineRetention implements RetentionPolicy {

    /** The smallest span of Caffeine's timer wheel, 2^30 ns, in milliseconds and rounded up. */
    static final long TICK_MILLIS = 1074;

    /** How many entries beyond its bound a cache may hold while writers race; from there on they wait for the policy. */
    static final int OVERSHOOT_MAX = 64;

    private static final int PROPOSALS_PER_CALL = 16;

    private final RetentionListener listener;
    private volatile long entriesPatience;
    private final AtomicLong clockMillis = new AtomicLong();
    private final AtomicLong expiringKeys = new AtomicLong();
    private final Cache<Object, Retained> book;
    private final @Nullable Cache<Object, Retained> weightBook;
    /** What a book dropped and nobody was told of yet: filled and emptied within one call, so bounded by its work. */
    private final Queue<Proposal> proposals = new ConcurrentLinkedQueue<>();

    private record Retained(int weight, long expiresAtMillis) {}

    private record Proposal(Object key, RemovalCause cause) {}

    CaffeineRetention(RetentionLimits limits, RetentionListener listener) {
        this.listener = requireNonNull(listener, "listener");
        boolean byWeight = limits.weightMax() != RetentionLimits.UNBOUNDED;
        boolean byCount = limits.entriesMax() != RetentionLimits.UNBOUNDED;
        this.entriesPatience = byCount ? saturated(limits.entriesMax()) : Long.MAX_VALUE;
        Caffeine<Object, Retained> timed = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clockMillis.get()))
                .expireAfter(new Deadlines())
                .evictionListener((key, retained, cause) -> dropped(key, retained, cause, true));
        if (byCount) {
            timed.maximumSize(limits.entriesMax());
        } else if (byWeight) {
            timed.maximumWeight(limits.weightMax()).weigher((key, retained) -> retained.weight());
        }
        book = timed.build();
        weightBook = byCount && byWeight
                ? Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumWeight(limits.weightMax())
                        .weigher((Object key, Retained retained) -> retained.weight())
                        .evictionListener((key, retained, cause) -> dropped(key, retained, cause, false))
                        .build()
                : null;
    }

    @Override
    public void recordWritten(Object key, long weight, long expiresAtMillis) {
        requireNonNull(key, "key");
        if (weight < 0) {
            throw new IllegalArgumentException("weight is " + weight + ": an entry weighs 0 or more");
        }
        Retained retained = new Retained((int) Math.min(weight, Integer.MAX_VALUE), expiresAtMillis);
        count(retained, 1);
        count(book.asMap().put(key, retained), -1);
        if (weightBook != null) {
            weightBook.put(key, retained);
        }
        if (book.estimatedSize() > entriesPatience) {
            book.cleanUp();
        }
        propose();
    }

    private static long saturated(long entriesMax) {
        return entriesMax > Long.MAX_VALUE - OVERSHOOT_MAX ? Long.MAX_VALUE : entriesMax + OVERSHOOT_MAX;
    }

    @Override
    public void recordRead(Object key) {
        var unused = book.getIfPresent(key);
        if (weightBook != null) {
            unused = weightBook.getIfPresent(key);
        }
        propose();
    }

    @Override
    public void recordRemoved(Object key) {
        forget(key);
        propose();
    }

    private void forget(Object key) {
        count(book.asMap().remove(key), -1);
        if (weightBook != null) {
            weightBook.invalidate(key);
        }
    }

    @Override
    public void limit(long entriesMax, long weightMax) {
        boolean isCounting = entriesPatience != Long.MAX_VALUE;
        Cache<Object, Retained> weighing = weightBook != null ? weightBook : book;
        if (isCounting) {
            entriesPatience = saturated(entriesMax);
            book.policy().eviction().ifPresent(eviction -> eviction.setMaximum(entriesMax));
        }
        if (weightBook != null || !isCounting) {
            weighing.policy().eviction().ifPresent(eviction -> eviction.setMaximum(weightMax));
        }
    }

    @Override
    public long entries() {
        return book.estimatedSize();
    }

    @Override
    public long weight() {
        Cache<Object, Retained> weighing = weightBook != null ? weightBook : book;
        return weighing.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    @Override
    public void cleared() {
        for (Object key : book.asMap().keySet()) {
            forget(key);
        }
        proposals.clear();
    }

    @Override
    public void maintain(long nowMillis) {
        clockMillis.accumulateAndGet(nowMillis, Math::max);
        book.cleanUp();
        if (weightBook != null) {
            weightBook.cleanUp();
        }
        propose(Integer.MAX_VALUE);
    }

    @Override
    public long nextDeadlineMillis() {
        return expiringKeys.get() == 0 ? NEVER : clockMillis.get() + TICK_MILLIS;
    }

    /** Runs inside Caffeine, under its locks, so it only takes note. */
    private void dropped(@Nullable Object key, @Nullable Retained retained, RemovalCause cause, boolean counted) {
        if (counted) {
            count(retained, -1);
        }
        proposals.add(new Proposal(requireNonNull(key), cause));
    }

    /** A caller passes on a few proposals, its own as a rule; what is more comes with others and with maintenance. */
    private void propose() {
        propose(PROPOSALS_PER_CALL);
    }

    private void propose(int proposalsMax) {
        for (int proposed = 0; proposed < proposalsMax; proposed++) {
            Proposal proposal = proposals.poll();
            if (proposal == null) {
                return;
            }
            forget(proposal.key());
            if (proposal.cause() == RemovalCause.EXPIRED) {
                listener.proposeExpiry(proposal.key());
            } else {
                listener.proposeEviction(proposal.key());
            }
        }
    }

    private void count(@Nullable Retained retained, int delta) {
        if (retained != null && retained.expiresAtMillis() != NEVER) {
            expiringKeys.addAndGet(delta);
        }
    }

    /** Turns absolute deadlines into the durations that Caffeine asks for. */
    private static final class Deadlines implements Expiry<Object, Retained> {
        @Override
        public long expireAfterCreate(Object key, Retained retained, long nowNanos) {
            return remainingNanos(retained, nowNanos);
        }

        @Override
        public long expireAfterUpdate(Object key, Retained retained, long nowNanos, long currentNanos) {
            return remainingNanos(retained, nowNanos);
        }

        @Override
        public long expireAfterRead(Object key, Retained retained, long nowNanos, long currentNanos) {
            return currentNanos;
        }

        private static long remainingNanos(Retained retained, long nowNanos) {
            return retained.expiresAtMillis() == NEVER
                    ? Long.MAX_VALUE
                    : Math.max(0, TimeUnit.MILLISECONDS.toNanos(retained.expiresAtMillis()) - nowNanos);
        }
    }
}
