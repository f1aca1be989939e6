package dev.hypercache.core.lead;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Confirmed;
import dev.hypercache.core.message.FloorRaised;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RaiseFloor;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Follower;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The copies of one slot, and what its leaders send; a message arrives when a test delivers it, and is answered at once. */
final class LeaderBench {

    static final HoldLimits HOLD_LIMITS = new HoldLimits(1_500, 1_000, 3_000);

    /** Nobody hears of changes. */
    static final LeaderObserver NOBODY = (name, change, before, after) -> {};

    /** A message on its way to a member. */
    record Sent(int to, Message message) {}

    private final SlotConfiguration configuration;
    private final Map<Integer, SlotState> states = new TreeMap<>();
    private final ArrayDeque<Sent> network = new ArrayDeque<>();

    LeaderBench(SlotConfiguration configuration) {
        this.configuration = configuration;
    }

    /** A member's copy. */
    SlotState state(int member) {
        return states.computeIfAbsent(
                member,
                unused -> new SlotState(
                        0, 1, configuration, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2)));
    }

    /** A leadership of a member that has admitted its ballot and has not begun. */
    Leadership leadership(int member, long ballot, HoldLimits holdLimits, LeaderObserver observer) {
        Leadership leadership = new Leadership(
                state(member),
                ballot,
                new Leadership.Surroundings(
                        member,
                        (to, message) -> network.add(new Sent(to, message)),
                        Object::equals,
                        observer,
                        holdLimits,
                        new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20)),
                        new Moves(MoveLimits.NONE),
                        500,
                        other -> true));
        state(member).admit(ballot);
        return leadership;
    }

    /**
     * Delivers all that is under way, and what comes of it.
     *
     * @param elsewhere takes what goes to no copy, or nowhere
     */
    void deliver(Leadership leadership, long now, Predicate<Sent> elsewhere) {
        leadership.afterEvent();
        for (Sent one = network.poll(); one != null; one = network.poll()) {
            if (!elsewhere.test(one)) {
                deliver(leadership, now, one.to(), one.message());
            }
            leadership.afterEvent();
        }
    }

    /** Delivers one message to a copy, and the answer to the leader. */
    void deliver(Leadership leadership, long now, int to, Message message) {
        Follower follower = new Follower(state(to));
        if (message instanceof Prepare prepare && follower.answer(prepare) instanceof Promise promise) {
            leadership.on(to, promise, now);
        } else if (message instanceof AskVersions ask) {
            follower.answer(ask).forEach(page -> leadership.on(to, (VersionPage) page, now));
        } else if (message instanceof Accept accept && follower.answer(accept) instanceof Accepted accepted) {
            leadership.on(to, accepted, now);
        } else if (message instanceof Confirm confirm && follower.answer(confirm) instanceof Confirmed confirmed) {
            leadership.on(to, confirmed, now);
        } else if (message instanceof RaiseFloor raise) {
            follower.answer(raise).stream()
                    .filter(FloorRaised.class::isInstance)
                    .forEach(raised -> leadership.on(to, (FloorRaised) raised, now));
        }
    }
}
