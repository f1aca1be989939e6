package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskHeard;
import dev.hypercache.core.message.Changes;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private final LeaderBench bench = new LeaderBench(VOTERS);
    private final List<Message> toListener = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Leadership leadership = bench.leadership(LEADER, BALLOT, LeaderBench.HOLD_LIMITS, new OneListener());
    private long requests;

    private void deliver() {
        bench.deliver(leadership, 0, this::isOfOthers);
    }

    private boolean isOfOthers(LeaderBench.Sent sent) {
        if (sent.to() == LISTENER) {
            toListener.add(sent.message());
        } else if (sent.message() instanceof Executed executed) {
            outcomes.add(executed.outcome());
        }
        return sent.to() == LISTENER || sent.to() == CALLER;
    }

    /** The leader serves, knows of the listener, and has asked how far that one has heard. */
    private AskHeard begins() {
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
        assertThat(bench.state(LEADER).contents().versions())
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
