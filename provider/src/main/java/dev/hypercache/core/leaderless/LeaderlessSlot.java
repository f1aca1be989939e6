package dev.hypercache.core.leaderless;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.message.AskHybridPage;
import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.Compare;
import dev.hypercache.core.message.Cut;
import dev.hypercache.core.message.CutReady;
import dev.hypercache.core.message.Filled;
import dev.hypercache.core.message.Floor;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.PerformClear;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.Retired;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.message.StoreClear;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.message.Stored.Verdict;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.core.replica.SlotState;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One slot on one node, as far as caches are concerned whose writes nobody orders.
 *
 * <p>Every replica performs operations on its own copy and brings what comes of them to the others; of two versions of a key the
 * newer one stays. Nothing here waits for a majority, so a replica that is cut off goes on, and all converge when they meet
 * again. Confined to its slot: whoever calls guards it.
 */
public final class LeaderlessSlot {

    /**
     * What the machine needs of its node.
     *
     * @param stores makes the stores of these caches
     * @param hints the ledger of the node's hints, of all its slots and both orders
     * @param moves the node's transfers
     * @param secret the ring's key of fingerprints
     * @param writes counts the writes of this life of the node, in all slots
     */
    public record Node(
            int self,
            Outbox out,
            ValueEquality equality,
            LeaderlessObserver observer,
            LeaderlessLimits limits,
            HintLedger hints,
            Moves moves,
            SlotState.Stores stores,
            FingerprintKey secret,
            LongSupplier writes) {}

    private final SlotState state;
    private final LeaderlessContext context;
    private final Spread spread;
    private final Comparing comparing;
    private final Performing performing;
    private final FloorRounds floors;
    private final FutureRecords future;
    private final Disputed disputed;
    private final Receiving receiving;
    private final Retirement retirement;
    /** Found out after some event; only another one changes it, and most events concern ordered caches. */
    private boolean idle;

    /**
     * @param state what all caches of the slot have in common
     */
    public LeaderlessSlot(SlotState state, Node node) {
        this.state = state;
        this.context = new LeaderlessContext(state, node);
        this.spread = new Spread(context);
        this.comparing = new Comparing(context, spread);
        this.performing = new Performing(context, spread);
        this.future = new FutureRecords(context, spread);
        this.disputed = new Disputed(context, spread);
        this.floors = new FloorRounds(context, spread, comparing);
        this.receiving = new Receiving(context, spread);
        this.retirement = new Retirement(context, spread);
        if (state.configuration().isFirstOf(node.self())) {
            context.copy().complete();
        }
    }

    /** Nobody is left who could fill this copy: what it holds is what the slot holds. */
    public void complete() {
        idle = false;
        context.copy().complete();
    }

    /** The slot's configuration, which is that of its {@link SlotState}, changed. */
    public void reconfigured() {
        idle = false;
        spread.reconfigured();
        floors.reconfigured();
        retirement.reconfigured();
    }

    /** Who is thought to be unreachable now. */
    public void suspect(BitSet suspected) {
        idle = false;
        context.suspect(suspected);
    }

    /** Whether somebody spoke of an epoch that is not known here: the node has to read on in the topology log. */
    public boolean isBehind() {
        return context.isBehind();
    }

    /**
     * A message arrived.
     *
     * @return false if it is of no concern here
     */
    public boolean receive(int from, Message message, long now, long wallMillis) {
        state.at(now, wallMillis);
        idle = false;
        if (message instanceof Perform perform) {
            performing.on(from, perform);
        } else if (message instanceof PerformClear clear) {
            performing.on(from, clear);
        } else if (message instanceof AskHybridPage ask) {
            performing.on(from, ask);
        } else if (message instanceof Store store) {
            receiving.on(from, store);
        } else if (message instanceof StoreClear clear) {
            receiving.on(from, clear);
        } else if (message instanceof ReadHybrid read) {
            receiving.on(from, read);
        } else {
            return receiveOfHolder(from, message);
        }
        return true;
    }

    private boolean receiveOfHolder(int from, Message message) {
        if (message instanceof Stored stored) {
            on(from, stored);
        } else if (message instanceof ClearStored stored) {
            context.heard(from, stored.holder());
            spread.on(from, stored);
            if (stored.verdict() == Verdict.CLOCK_SKEW && spread.heard(from, stored.holder()) != null) {
                future.on(from, stored);
            }
        } else if (message instanceof Compare compare) {
            receiving.heardHolder(from, compare.holder());
            comparing.on(from, compare);
        } else if (message instanceof HybridPage page) {
            context.heard(from, page.holder());
            comparing.on(from, page);
        } else if (message instanceof Filled filled) {
            receiving.on(from, filled);
        } else if (message instanceof Cut cut) {
            floors.on(from, cut);
        } else if (message instanceof CutReady ready) {
            floors.on(from, ready);
        } else if (message instanceof Floor floor) {
            floors.on(from, floor);
        } else if (message instanceof Retired retired) {
            context.heard(from, retired.holder());
            retirement.on(from, retired);
        } else {
            return false;
        }
        return true;
    }

    private void on(int from, Stored stored) {
        context.heard(from, stored.holder());
        if (!spread.on(from, stored)) {
            return;
        }
        if (stored.verdict() == Verdict.CLOCK_SKEW) {
            future.on(from, stored);
        } else if (stored.verdict() == Verdict.STALE || stored.verdict() == Verdict.BELOW_FLOOR) {
            performing.overtaken(stored);
        }
        disputed.on(from, stored);
    }

    /** Does what is due by now. */
    public void tick(long now, long wallMillis) {
        state.at(now, wallMillis);
        idle = false;
        if (!context.copy().isEmpty()) {
            context.copy().sweep(context.endsMillis());
        }
        performing.tick();
        comparing.tick();
        spread.tick();
        retirement.tick();
        floors.tick();
    }

    /** Compares this copy with that of another holder once more, because something says that they differ. */
    public void compare(int member) {
        idle = false;
        comparing.compare(member);
    }

    /**
     * Whether the switch under way may be completed: every replica that leaves writes no more, and the new ones have what it
     * holds; a majority of these is filled.
     *
     * @param isMember whether a replica belongs to the ring still; of one that does not nothing is expected
     */
    public boolean isSwitchComplete(IntPredicate isMember) {
        return retirement.isSwitchComplete(isMember);
    }

    /** This copy is given up: nothing is kept for anybody. */
    public void discard() {
        idle = false;
        spread.end();
    }

    /** What the copy comes to; null before it was filled. */
    public @Nullable SlotRoot root() {
        LeaderlessCopy copy = context.copy();
        return copy.isComplete() ? new SlotRoot(context.slot(), SlotRoot.NOBODY, copy.sum(), copy.mix()) : null;
    }

    /** Whether this copy was filled. */
    public boolean isComplete() {
        return context.copy().isComplete();
    }

    /** The stamp up to which traces of removals are gone, or may be. */
    public long floor() {
        return context.copy().floor();
    }

    /** How many traces of removals and expiries are held. */
    public int tombstones() {
        return context.copy().tombstones();
    }

    /** How many records and clears other holders have not confirmed. */
    public int pending() {
        return spread.pending();
    }

    /** Up to which version a cache was cleared. */
    public HybridVersion clearOf(int cache) {
        return context.copy().clearOf(cache);
    }

    /** The records of a cache, tombstones included; null if there never was one here. */
    public @Nullable SlotReplica recordsOf(int cache) {
        return context.copy().recordsOf(cache);
    }

    /** The slot's time, by which entries expire. */
    public long timeMillis() {
        return context.timeMillis();
    }

    /** Whether nothing is urgent until the next message; ends of life and floors do with a look now and then. */
    public boolean isIdle() {
        if (!idle) {
            boolean isInert = context.copy().isEmpty() && !comparing.isWanted();
            idle = !retirement.isLeaving() && (isInert || spread.isIdle());
        }
        return idle;
    }

    @Override
    public String toString() {
        return "LeaderlessSlot[" + context + ", " + spread + "]";
    }
}
