package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.CallerAccept;
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
 * One request on its way to whoever leads its slot.
 *
 * <p>It is sent again under the same token when no answer comes, and follows the hints of those who do not lead, all
 * within the caller's time. A request that ends without an answer has failed only if every single copy of it was refused;
 * one copy of unknown fate makes it indeterminate.
 */
final class RoutedRequest implements Request {

    private static final long ATTEMPT_FIRST_MILLIS = 400;
    private static final long ATTEMPT_MOST_MILLIS = 1_000;
    private static final long REDIRECT_MILLIS = 15;
    private static final long FAREWELL_MILLIS_MAX = 250;

    private final long id;
    private final int slot;
    private final CallOptions options;
    private final Routing routing;
    private final Outbox out;
    private final Completion completion;
    private final Function<RequestHead, Message> message;
    private final long startedAtMillis;
    private @Nullable OpToken token;
    /** The copies whose fate is unknown. */
    private final BitSet unknown = new BitSet();
    /** What a copy came to that changed nothing and is not recognised by others of its kind. */
    private @Nullable Outcome provisional;

    private int sent;
    private int redirects;
    /** In which epoch the slot began, when the first of the copies that may have been performed was sent. */
    private int begunIn;

    private int target = Rejected.NOBODY;
    /** Who said last that it does not lead. */
    private int denying = Rejected.NOBODY;

    private long nextAttemptMillis;
    private long minoritySinceMillis = Long.MAX_VALUE;
    private String lastTrouble = "no answer came";
    private boolean ended;

    RoutedRequest(
            Coordinator.Ids ids,
            CallOptions options,
            Routing routing,
            Outbox out,
            Function<RequestHead, Message> message,
            Completion completion) {
        this.id = ids.request();
        this.slot = ids.slot();
        this.startedAtMillis = ids.nowMillis();
        this.token = ids.token();
        this.options = options;
        this.routing = routing;
        this.out = out;
        this.message = message;
        this.completion = completion;
    }

    @Override
    public @Nullable OpToken token() {
        return token;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void attempt(long lowestUnanswered, long now) {
        target = chooseTarget();
        if (unknown.isEmpty()) {
            begunIn = routing.configuration(slot).begunIn();
        }
        sent++;
        unknown.set(sent);
        long remaining = Math.max(0, startedAtMillis + options.timeoutMillis() - now - farewellMillis());
        out.send(
                target,
                message.apply(new RequestHead(id, token, lowestUnanswered, sent, begunIn, options.toAll(), remaining)));
        nextAttemptMillis = options.retries()
                ? now + Math.min(ATTEMPT_MOST_MILLIS, ATTEMPT_FIRST_MILLIS << Math.min(sent - 1, 4))
                : Long.MAX_VALUE;
    }

    /** The word of a leader that the time ran out behind a hold arrives before it does: then the request has failed for sure. */
    private long farewellMillis() {
        return Math.min(FAREWELL_MILLIS_MAX, options.timeoutMillis() / 10);
    }

    /** The leader as far as known; whoever follows in the order of preference if it gave no answer. */
    private int chooseTarget() {
        int leader = routing.leader(slot);
        MemberSet voters = routing.configuration(slot).targets();
        boolean silent = leader == target && sent > 1 && redirects == 0;
        if (voters.contains(leader)
                && leader != denying
                && !silent
                && !routing.suspected().get(leader)) {
            return leader;
        }
        BitSet suspected = routing.suspected();
        for (int turn = 0; turn < voters.size(); turn++) {
            int member = voters.get((sent + turn) % voters.size());
            if (!suspected.get(member) && member != denying) {
                return member;
            }
        }
        return voters.get(sent % voters.size());
    }

    @Override
    public void on(int from, Executed executed) {
        if (isChosen(from, executed.ballot(), executed.accept())) {
            if (executed.expired() != null) {
                completion.expired(executed.expired());
            }
            performed(executed);
        }
    }

    @Override
    public void on(int from, EntryPage page) {
        if (isChosen(from, page.ballot(), page.accept())) {
            ended = true;
            completion.paged(page);
        }
    }

    private boolean isChosen(int from, long ballot, @Nullable CallerAccept accept) {
        boolean chosen = accept == null || routing.accept(slot, from, ballot, accept);
        if (chosen) {
            routing.heardOfLeader(slot, from);
        } else {
            lastTrouble = "the slot changed its leader while the answer was under way";
            nextAttemptMillis = startedAtMillis;
        }
        return chosen;
    }

    /**
     * An outcome that no version remembers stands only if no other copy is under way: that one would be evaluated anew, and
     * might do what the caller was told had not happened.
     */
    private void performed(Executed executed) {
        unknown.clear(executed.attempt());
        if (token == null || executed.recorded() || unknown.isEmpty()) {
            perform(executed.outcome());
        } else {
            provisional = executed.outcome();
            lastTrouble = "another copy of the request is under way";
        }
    }

    private void perform(Outcome outcome) {
        ended = true;
        completion.performed(outcome);
    }

    @Override
    public void on(Rejected rejected, long now) {
        routing.heardOfSlotTime(slot, rejected.slotTimeMillis());
        Rejected.Reason reason = rejected.reason();
        if (!reason.maybeApplied()) {
            unknown.clear(rejected.attempt());
        }
        Outcome known = provisional;
        if (known != null && unknown.isEmpty()) {
            perform(known);
            return;
        }
        lastTrouble = troubleOf(reason);
        switch (reason) {
            case NOT_LEADER:
            case NO_COPY:
            case DEPOSED:
                redirects++;
                denying = target;
                if (rejected.leader() != Rejected.NOBODY && rejected.leader() != target) {
                    routing.heardOfLeader(slot, rejected.leader());
                }
                nextAttemptMillis = Math.min(nextAttemptMillis, now + (redirects == 1 ? 0 : REDIRECT_MILLIS));
                break;
            case TOKEN_EXPIRED:
                end(false);
                break;
            case SLOT_RESET:
                if (unknown.isEmpty()) {
                    nextAttemptMillis = Math.min(nextAttemptMillis, now + REDIRECT_MILLIS);
                } else {
                    end(false);
                }
                break;
            default:
                if (unknown.isEmpty()) {
                    end(true);
                }
        }
    }

    private static String troubleOf(Rejected.Reason reason) {
        switch (reason) {
            case NOT_LEADER:
            case NO_COPY:
            case DEPOSED:
                return "the slot has no leader yet";
            case OVERLOADED:
                return "too many requests wait at the slot's leader; try again later";
            case NO_QUORUM:
                return "the slot's leader cannot reach enough replicas";
            case SLOT_RESET:
                return "the slot lost what it held and was reset while the request was under way";
            case TOKEN_EXPIRED:
                return "the request is older than hypercache.request.timeout at the slot's leader; check the clocks";
            default:
                return "somebody holds the key for longer than the request may wait";
        }
    }

    @Override
    public boolean tick(long now) {
        if (now - startedAtMillis >= options.timeoutMillis()) {
            end(false);
            return false;
        }
        if (failsAsMinority(now)) {
            end(false);
            return false;
        }
        return now >= nextAttemptMillis || (options.retries() && isTargetLost());
    }

    private boolean isTargetLost() {
        MemberSet voters = routing.configuration(slot).targets();
        return target >= 0 && routing.suspected().get(target) && voters.countIn(routing.suspected()) < voters.size();
    }

    private boolean failsAsMinority(long now) {
        MemberSet voters = routing.configuration(slot).targets();
        int reachable = voters.size() - voters.countIn(routing.suspected());
        int needed = options.toAll() ? voters.size() : voters.majority();
        String loss = routing.lossOf(slot);
        if (reachable >= needed && loss == null) {
            minoritySinceMillis = Long.MAX_VALUE;
            return false;
        }
        minoritySinceMillis = Math.min(minoritySinceMillis, now);
        lastTrouble = loss != null
                ? loss
                : "it needs " + needed + " of " + voters.size() + " replicas, and " + reachable
                        + " can be reached (suspected: " + routing.suspected()
                        + "); start the others again under their names, or"
                        + " tell the ring of those that will not return (POST /cluster/remove, or /cluster/reform for want of a majority)";
        return now - minoritySinceMillis >= options.timeoutMillis() / 8;
    }

    private void end(boolean certainlyNot) {
        ended = true;
        if (certainlyNot || unknown.isEmpty() || !options.mutates()) {
            completion.failed(lastTrouble);
        } else {
            completion.indeterminate(token, lastTrouble);
        }
    }
}
