package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a replica of a cache that nobody orders.
 *
 * <p>Any replica will do: this node's own if it has one, else the first that is not suspected. What depends on what is held goes
 * to that one in any case, so that such operations meet at one place as a rule. A replica that gives no answer twice is passed
 * over; then two of them may perform the same mutation, for exactly once is not promised here.
 */
final class LeaderlessRequest implements Request {

    private static final long ATTEMPT_FIRST_MILLIS = 150;
    private static final long ATTEMPT_MOST_MILLIS = 1_000;
    private static final long REDIRECT_MILLIS = 20;

    private final Coordinator.Ids ids;
    private final CallOptions options;
    private final Routing routing;
    private final Outbox out;
    private final Function<RequestHead, Message> message;
    private final Completion completion;
    private final boolean atPrimary;
    /** The copies whose fate is unknown. */
    private final BitSet unknown = new BitSet();
    /** Who gave no answer, or would not perform it. */
    private final BitSet passed = new BitSet();

    /** How far the slot's time is ahead of what is known of it here. */
    private long slotAheadMillis;

    private int sent;
    private int silent;
    private int corrections;
    private int target = Rejected.NOBODY;
    private long nextAttemptMillis;
    private String lastTrouble = "no replica answered";
    private boolean ended;

    /**
     * @param atPrimary whether it goes to the slot's first replica rather than to the nearest
     */
    LeaderlessRequest(
            Coordinator.Ids ids,
            CallOptions options,
            Coordinator.Ways ways,
            Function<RequestHead, Message> message,
            boolean atPrimary) {
        this.ids = ids;
        this.options = options;
        this.routing = ways.routing();
        this.out = ways.out();
        this.completion = ways.completion();
        this.message = message;
        this.atPrimary = atPrimary;
    }

    @Override
    public @Nullable OpToken token() {
        return ids.token();
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void attempt(long lowestUnanswered, long now) {
        noteSilence();
        target = chooseTarget();
        sent++;
        unknown.set(sent);
        long remaining = Math.max(0, ids.nowMillis() + options.timeoutMillis() - now);
        int begunIn = routing.configuration(ids.slot()).begunIn();
        out.send(
                target,
                message.apply(new RequestHead(
                        ids.request(), issuedNow(), lowestUnanswered, sent, begunIn, false, remaining)));
        long pause = Math.min(ATTEMPT_MOST_MILLIS, ATTEMPT_FIRST_MILLIS << Math.min(sent - 1, 4));
        nextAttemptMillis = options.retries() ? now + pause : Long.MAX_VALUE;
    }

    /** Each copy says when it was sent, by the slot's time as far as known: it is not performed much later. */
    private @Nullable OpToken issuedNow() {
        OpToken token = ids.token();
        return token == null
                ? null
                : new OpToken(token.client(), token.sequence(), routing.slotTimeMillis(ids.slot()) + slotAheadMillis);
    }

    /** A replica gets a second chance: the message may have been lost, and it performs no mutation twice. */
    private void noteSilence() {
        boolean hasTarget = target != Rejected.NOBODY && !passed.get(target);
        if (hasTarget && (++silent > 1 || routing.suspected().get(target))) {
            passed.set(target);
        }
    }

    private int chooseTarget() {
        MemberSet replicas = routing.configuration(ids.slot()).targets();
        BitSet suspected = routing.suspected();
        if (!atPrimary && replicas.contains(routing.self()) && !passed.get(routing.self())) {
            return aim(routing.self());
        }
        for (int member : replicas.toArray()) {
            if (!suspected.get(member) && !passed.get(member)) {
                return aim(member);
            }
        }
        passed.clear();
        return aim(replicas.get(sent % replicas.size()));
    }

    private int aim(int member) {
        silent = member == target ? silent : 0;
        return member;
    }

    @Override
    public void on(int from, Executed executed) {
        end();
        Outcome outcome = executed.outcome();
        completion.performed(outcome);
    }

    @Override
    public void on(int from, EntryPage page) {
        end();
        completion.paged(page);
    }

    @Override
    public void on(Rejected rejected, long now) {
        if (!rejected.reason().maybeApplied()) {
            unknown.clear(rejected.attempt());
        }
        boolean isClockOff = rejected.reason() == Rejected.Reason.TOKEN_EXPIRED;
        lastTrouble = isClockOff
                ? "the clock of this node and those of the replicas differ; check them"
                : "the replicas that can be reached are being filled";
        if (rejected.attempt() == sent && isClockOff) {
            slotAheadMillis = rejected.slotTimeMillis() - routing.slotTimeMillis(ids.slot());
            nextAttemptMillis = Math.min(nextAttemptMillis, now + (corrections++ == 0 ? 0 : REDIRECT_MILLIS));
        } else if (rejected.attempt() == sent) {
            passed.set(target);
            nextAttemptMillis = Math.min(nextAttemptMillis, sent < 4 ? now : now + REDIRECT_MILLIS);
        }
    }

    @Override
    public boolean tick(long now) {
        if (now - ids.nowMillis() >= options.timeoutMillis()) {
            end();
            if (unknown.isEmpty() || !options.mutates()) {
                completion.failed(lastTrouble);
            } else {
                completion.indeterminate(ids.token(), lastTrouble);
            }
            return false;
        }
        return now >= nextAttemptMillis;
    }

    private void end() {
        ended = true;
    }
}
