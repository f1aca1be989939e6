package dev.hypercache.core.lead;

import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.FloorRaised;
import dev.hypercache.core.message.RaiseFloor;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.Floor;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the tombstones of a slot go once every holder of a copy has confirmed everything up to them (CONSISTENCY §6).
 *
 * <p>First the floor rises, here and then at the followers; it says of a key without a trace what the tombstone had said. A
 * learner counts like everybody else, and is told the floor when it holds all that lies below: a floor in a copy that is
 * being filled would keep out what it is filled with. Not in the epoch of a switch, whose old voters confirm nothing any
 * more. Confined to its slot.
 */
final class TombstonePurge {

    private static final long RAISE_MILLIS = 100;
    private static final long REPEAT_MILLIS = 200;

    /** The floor that a copy confirmed. */
    private record Told(long copy, Version floor) {}

    /** The floor that a follower was sent last. */
    private record Sent(long copy, Version floor, long atMillis) {}

    private final LeaderContext context;
    private final SlotState state;
    private final Replication replication;
    private final CompleteCopies copies;
    private final Takeover takeover;
    private final Feeds feeds;
    private final Map<Integer, Told> told = new TreeMap<>();
    private long raisedAtMillis = Long.MIN_VALUE / 2;

    private final Map<Integer, Sent> sent = new TreeMap<>();

    TombstonePurge(
            LeaderContext context, Replication replication, CompleteCopies copies, Takeover takeover, Feeds feeds) {
        this.context = context;
        this.state = context.state();
        this.replication = replication;
        this.copies = copies;
        this.takeover = takeover;
        this.feeds = feeds;
    }

    /** Raises the floor if it may rise, and tells it to whoever does not know. */
    void tick() {
        SlotConfiguration configuration = replication.configuration();
        if (configuration.isSwitching() || !takeover.knowsRecords()) {
            return;
        }
        boolean isDue = context.nowMillis() - raisedAtMillis >= RAISE_MILLIS;
        if (state.contents().tombstones() > 0 && isDue && takeover.isIdle()) {
            raisedAtMillis = context.nowMillis();
            raise();
        }
        if (state.floor().equals(Floor.NONE)) {
            return;
        }
        for (int member : configuration.holders().toArray()) {
            if (member != context.self() && takeover.isCompared(member) && !knowsFloor(member)) {
                tell(member);
            }
        }
    }

    private void raise() {
        Version covered = feeds.belowUnheard(belowRemembered(replication.coveredByAll()));
        if (covered != null && state.raiseFloor(covered)) {
            context.happened(LeaderEvent.FLOOR_RAISED);
        }
    }

    /** A tombstone whose mutations may be asked for again stays: a copy that comes later learns of them by it. */
    private @Nullable Version belowRemembered(@Nullable Version covered) {
        Version lowest = state.lowestRemembered();
        if (covered == null || lowest == null || lowest.compareTo(covered) > 0) {
            return covered;
        }
        return lowest.sequence() <= Version.BEFORE_ALL ? null : new Version(lowest.ballot(), lowest.sequence() - 1);
    }

    private boolean knowsFloor(int member) {
        Told last = toldTo(member);
        return last != null && last.floor().compareTo(state.floor()) >= 0;
    }

    private @Nullable Told toldTo(int member) {
        Told last = told.get(member);
        return last != null && last.copy() == copies.copyOf(member) ? last : null;
    }

    private void tell(int member) {
        long copy = copies.copyOf(member);
        if (copy == Confirm.NO_COPY || isUnderWay(member, copy) || !holdsAllBelow(member)) {
            return;
        }
        sent.put(member, new Sent(copy, state.floor(), context.nowMillis()));
        context.out()
                .send(
                        member,
                        new RaiseFloor(context.slot(), context.ballot(), copy, state.floor(), state.slotTimeMillis()));
    }

    private boolean isUnderWay(int member, long copy) {
        Sent last = sent.get(member);
        return last != null
                && last.copy() == copy
                && last.floor().equals(state.floor())
                && context.nowMillis() - last.atMillis() < REPEAT_MILLIS;
    }

    private boolean holdsAllBelow(int member) {
        Version lowest = replication.lagging(member).lowest();
        return lowest == null || lowest.compareTo(state.floor()) > 0;
    }

    void on(int member, FloorRaised raised) {
        if (raised.copy() != copies.copyOf(member)) {
            return;
        }
        boolean isFirst = toldTo(member) == null;
        told.put(member, new Told(raised.copy(), raised.floor()));
        if (isFirst && replication.configuration().learners().contains(member)) {
            // Before it knew the floor, the copy may have taken something late that is gone everywhere else.
            takeover.compareAgain(member);
        }
    }

    /** Whether a copy knows the floor, if there is one. */
    boolean isTold(int member) {
        return state.floor().equals(Floor.NONE) || toldTo(member) != null;
    }
}
