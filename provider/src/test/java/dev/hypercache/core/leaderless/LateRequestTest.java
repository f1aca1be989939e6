package dev.hypercache.core.leaderless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replica does about requests that it reads long after they were sent. */
final class LateRequestTest {

    private static final int CACHE = 5;
    private static final int PAUSE_MILLIS = 28_000;
    private static final long AWAKE_MILLIS = 1_000_000 + PAUSE_MILLIS;
    private static final FingerprintKey SECRET = new FingerprintKey(1, 2);

    private final ArrayDeque<Message> sent = new ArrayDeque<>();
    private final LeaderlessSlot replica = replica();

    private LeaderlessSlot replica() {
        SlotConfiguration configuration = SlotConfiguration.stable(1, MemberSet.of(1, 2, 3));
        SlotState state = new SlotState(0, 1, configuration, cache -> new HeapEntryStore<>(), 5_500, SECRET);
        return new LeaderlessSlot(
                state,
                new LeaderlessSlot.Node(
                        1,
                        (member, message) -> sent.add(message),
                        Object::equals,
                        event -> {},
                        new LeaderlessLimits(500, 10, 5_500),
                        new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20)),
                        new Moves(MoveLimits.NONE),
                        cache -> new HeapEntryStore<>(),
                        SECRET,
                        () -> 1));
    }

    /** The replica goes on after a pause, and reads a message from before it. */
    private void readsLate(int from, Message message) {
        replica.receive(from, message, PAUSE_MILLIS, AWAKE_MILLIS);
    }

    private static HybridPage wordOf(long wallMillis) {
        return new HybridPage(0, new HolderHead(1, 1, wallMillis, 0), 0, 0, 0, true, List.of());
    }

    private static Perform put(long issuedAtMillis, int attempt) {
        RequestHead head = new RequestHead(1, new OpToken(7, 1, issuedAtMillis), 1, attempt, 1, false, 5_000);
        return new Perform(0, head, CACHE, new Put(KeyBytes.of(CACHE, new byte[] {1}), "v", ExpiryRule.NEVER));
    }

    @Test
    void requestFromBeforeAPauseIsNotPerformedThoughOthersWereHeardFromBeforeItOnly() {
        readsLate(2, wordOf(1_000_000));
        readsLate(3, wordOf(1_000_000));

        readsLate(2, put(999_900, 1));

        assertThat(sent.getLast()).isInstanceOf(Rejected.class);
        Rejected rejected = (Rejected) sent.getLast();
        assertThat(rejected.reason()).isEqualTo(Rejected.Reason.TOKEN_EXPIRED);

        readsLate(2, put(rejected.slotTimeMillis(), 2)); // Its caller is there still.
        assertThat(sent.getLast()).isInstanceOf(Executed.class);
    }
}
