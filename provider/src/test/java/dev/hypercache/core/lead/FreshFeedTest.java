package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskHeard;
import dev.hypercache.core.message.Changes;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Follower;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A member begins to listen at a leader that has just taken over, when mutations that change nothing write versions all the same:
 * it hears of what happens from then on, and of nothing else.
 */
final class FreshFeedTest {

    private static final int CACHE = 1;
    private static final int LEADER = 1;
    private static final int LISTENER = 9;
    private static final int CALLER = 8;
    private static final SlotConfiguration VOTERS = SlotConfiguration.stable(1, MemberSet.of(LEADER, 2, 3));
    private static final long BALLOT = new Ballot(1, 2, LEADER).packed();
    private static final KeyBytes KEY = KeyBytes.of(CACHE, new byte[] {1});

    private record Sent(int to, Message message) {}

    /** One member listens to one cache. */
    private static final class OneListener implements LeaderObserver, Audience {
        @Override
        public void changed(
                RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {}

        @Override
        public Audience audience() {
            return this;
        }

        @Override
        public List<Listening> of(int cache) {
            return cache == CACHE ? List.of(new Listening(LISTENER, false, true)) : List.of();
        }

        @Override
        public Collection<Integer> caches() {
            return List.of(CACHE);
        }

        @Override
        public boolean reserve(long bytes) {
            return true;
        }

        @Override
        public void release(long bytes) {}
    }

    private final Map<Integer, SlotState> states = new TreeMap<>();
    private final ArrayDeque<Sent> network = new ArrayDeque<>();
    private final List<Message> toListener = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Leadership leadership = new Leadership(
            state(LEADER),
            BALLOT,
            new Leadership.Surroundings(
                    LEADER,
                    (to, message) -> network.add(new Sent(to, message)),
                    Object::equals,
                    new OneListener(),
                    new HoldLimits(60_000, 1_000, 2_000),
                    new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20)),
                    new Moves(MoveLimits.NONE),
                    500,
                    other -> true));
    private long requests;

    private SlotState state(int member) {
        return states.computeIfAbsent(
                member,
                unused ->
                        new SlotState(0, 1, VOTERS, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2)));
    }

    private void deliver() {
        leadership.afterEvent();
        for (Sent one = network.poll(); one != null; one = network.poll()) {
            if (one.to() == LISTENER) {
                toListener.add(one.message());
            } else if (one.message() instanceof Executed executed) {
                outcomes.add(executed.outcome());
            } else if (one.to() != CALLER) {
                deliver(one.to(), one.message());
            }
            leadership.afterEvent();
        }
    }

    private void deliver(int to, Message message) {
        Follower follower = new Follower(state(to));
        if (message instanceof Prepare prepare && follower.answer(prepare) instanceof Promise promise) {
            leadership.on(to, promise, 0);
        } else if (message instanceof Accept accept && follower.answer(accept) instanceof Accepted accepted) {
            leadership.on(to, accepted, 0);
        }
    }

    /** The leader serves, knows of the listener, and has asked how far that one has heard. */
    private AskHeard begins() {
        state(LEADER).admit(BALLOT);
        leadership.start(0);
        deliver();
        leadership.tick(0);
        leadership.tick(0);
        deliver();
        assertThat(toListener).hasSize(1).first().isInstanceOf(AskHeard.class);
        return (AskHeard) toListener.remove(0);
    }

    private void performs(EntryOp op) {
        long request = ++requests;
        RequestHead head = new RequestHead(request, new OpToken(CALLER, request, 0), request, 1, 1, false, 5_000);
        leadership.execute(CALLER, new Execute(0, head, CACHE, op, false, null), 0);
        deliver();
        assertThat(outcomes).hasSize((int) request);
    }

    private List<ToldChange> hears(AskHeard ask) {
        leadership.feeds().on(LISTENER, new Heard(0, BALLOT, CACHE, ask.stream(), 0, ask.base(), false), 0);
        deliver();
        leadership.tick(0);
        deliver();
        return toListener.stream()
                .filter(Changes.class::isInstance)
                .flatMap(message -> ((Changes) message).changes().stream())
                .toList();
    }

    @Test
    void removalThatFindsNothingIsNoRemoval() {
        AskHeard ask = begins();
        performs(new Remove(KEY));
        assertThat(state(LEADER).contents().versions())
                .as("written all the same")
                .hasSize(1);

        assertThat(hears(ask)).isEmpty();
    }

    @Test
    void whatHappensMeanwhileIsToldAsItHappened() {
        AskHeard ask = begins();
        performs(new Remove(KEY));
        performs(new Put(KEY, "value", ExpiryRule.NEVER));
        performs(new Remove(KEY));
        performs(new Remove(KEY));

        assertThat(hears(ask)).extracting(ToldChange::change).containsExactly(Change.CREATED, Change.REMOVED);
    }
}
