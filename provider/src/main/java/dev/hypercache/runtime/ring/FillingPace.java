package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows this node's writers a little while replicas are being filled that do not keep up.
 *
 * <p>Problem: a quorum waits for its majority, and nobody for a copy that is being filled; writers that find their majority at hand, as in
 * a ring of one, would outrun it for ever, and it would never be filled. Approach: of what a newcomer is sent one write at a time is
 * watched until it is acknowledged; how long that takes says how far behind it is, and a write then waits for half of what exceeds {@value
 * #LATE_MILLIS} ms, {@value #PAUSE_MILLIS_MOST} ms at most. Limits: voters that lag behind are waited for by nobody, and neither is a
 * newcomer that has acknowledged nothing for {@value #SILENT_MILLIS} ms.
 *
 * <p>Safe for use by any threads; costs one volatile read where nothing is being filled.
 */
final class FillingPace {

    private static final long LATE_MILLIS = 20;
    private static final long PAUSE_MILLIS_MOST = 20;
    private static final long SILENT_MILLIS = 5_000;

    /** The write that is watched, or the last one. */
    private static final class Watched {
        private final int slot;
        private final Version version;
        private final long sentMillis;
        private volatile long tookMillis = -1;

        Watched(int slot, Version version, long sentMillis) {
            this.slot = slot;
            this.version = version;
            this.sentMillis = sentMillis;
        }

        boolean isOpen() {
            return tookMillis < 0;
        }
    }

    private final LongSupplier clock;
    private final LongConsumer pause;
    private volatile Newcomers newcomers = new Newcomers(new BitSet());

    /** Those that are filled, and what is watched of each. */
    private static final class Newcomers {
        private final BitSet members;
        private final AtomicReferenceArray<@Nullable Watched> watched;

        Newcomers(BitSet members) {
            this.members = members;
            this.watched = new AtomicReferenceArray<>(members.length());
        }
    }

    /**
     * @param clock a steady clock, in milliseconds
     * @param pause makes the calling thread wait for so many milliseconds
     */
    FillingPace(LongSupplier clock, LongConsumer pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** The ring agreed on who is filled. */
    void follow(ControlState state, int self) {
        BitSet filled = new BitSet();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            boolean isFilled = now.isSwitching() || !now.learners().isEmpty();
            if (isFilled && now.voters().contains(self)) {
                MemberSet ofSlot = now.learners().union(now.incoming()).minus(now.voters());
                Arrays.stream(ofSlot.toArray()).forEach(filled::set);
            }
        }
        if (!filled.equals(newcomers.members)) {
            newcomers = new Newcomers(filled);
        }
    }

    /** A message leaves for a member. */
    void sent(int member, Message message) {
        Newcomers now = newcomers;
        if (!now.members.get(member) || !(message instanceof Accept accept)) {
            return;
        }
        Watched before = now.watched.get(member);
        long millis = clock.getAsLong();
        if (before == null || !before.isOpen() || millis - before.sentMillis >= SILENT_MILLIS) {
            Watched next = new Watched(accept.slot(), accept.entry().record().version(), millis);
            boolean unused = now.watched.compareAndSet(member, before, next);
        }
    }

    /** A message came from a member. */
    void heard(int member, Message message) {
        Newcomers now = newcomers;
        if (!now.members.get(member) || !(message instanceof Accepted accepted)) {
            return;
        }
        Watched watched = now.watched.get(member);
        if (watched != null
                && watched.isOpen()
                && watched.slot == accepted.slot()
                && watched.version.equals(accepted.version())) {
            watched.tookMillis = clock.getAsLong() - watched.sentMillis;
        }
    }

    /** To be called by a thread that is about to write. */
    void await() {
        Newcomers now = newcomers;
        if (now.members.isEmpty()) {
            return;
        }
        long millis = Math.min(PAUSE_MILLIS_MOST, (lateMillis(now) - LATE_MILLIS) / 2);
        if (millis > 0) {
            pause.accept(millis);
        }
    }

    /** Waits; the permit that an answer has left to the calling thread does not end it. */
    static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(FillingPace.class, left);
        }
    }

    private long lateMillis(Newcomers now) {
        long most = 0;
        for (int member = now.members.nextSetBit(0); member >= 0; member = now.members.nextSetBit(member + 1)) {
            Watched watched = now.watched.get(member);
            long late = watched == null
                    ? 0
                    : watched.isOpen() ? clock.getAsLong() - watched.sentMillis : watched.tookMillis;
            most = late >= SILENT_MILLIS ? most : Math.max(most, late);
        }
        return most;
    }
}
