package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.AskHybridPage;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.PerformClear;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpContext;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.InvariantViolation;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.ApplyResult;
import dev.hypercache.core.replica.KeyPage;
import dev.hypercache.core.replica.SlotReplica;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Performs operations on this replica's own copy; what comes of them is for the others to take over.
 *
 * <p>A write is acknowledged when it is here. Where another replica turns out to hold something newer, most likely because
 * its clock is ahead, a write that was just performed is written anew above it: to its caller it is the later one. That ends
 * with the caller's time, after {@value #RETRIES_MAX} times, or when the key has another version; a write that is merely sent
 * again, because a peer missed it, gives way.
 */
final class Performing {

    private static final int RETRIES_MAX = 3;

    private static final long NO_BALLOT = 0;

    /** The most writes of whose callers' time something is left; of others none is written anew. */
    private static final int FRESH_MAX = 10_000;

    private record Fresh(HybridVersion version, int retries, long untilMillis) {}

    private final LeaderlessContext context;
    private final Spread spread;
    private final PerformedTokens performed;
    private final Map<RecordKey, Fresh> fresh = new LinkedHashMap<>();

    Performing(LeaderlessContext context, Spread spread) {
        this.context = context;
        this.spread = spread;
        this.performed = new PerformedTokens(context.limits().tokenWindowMillis());
    }

    void on(int from, Perform perform) {
        RequestHead head = perform.head();
        if (rejects(from, head)) {
            return;
        }
        Outcome outcome = performed.outcomeOf(head.token());
        if (outcome == null) {
            outcome = perform(perform);
            performed.add(head.token(), outcome, context.timeMillis());
        }
        answer(from, head, outcome);
    }

    private boolean rejects(int to, RequestHead head) {
        if (!context.mayPerform()) {
            reject(to, head, Rejected.Reason.NOT_LEADER);
            return true;
        }
        if (!isOfPresent(head.token())) {
            reject(to, head, Rejected.Reason.TOKEN_EXPIRED);
            return true;
        }
        return false;
    }

    /** A request that was under way for long is not performed: its caller gave it up, or asked another replica. */
    private boolean isOfPresent(@Nullable OpToken token) {
        long time = context.requestMillis();
        return token == null
                || token.issuedAtMillis() >= time - context.limits().tokenWindowMillis()
                        && token.issuedAtMillis() <= time + context.limits().offsetMaxMillis();
    }

    private void reject(int to, RequestHead head, Rejected.Reason reason) {
        context.send(to, Rejected.of(context.slot(), head, reason, Rejected.NOBODY, context.requestMillis()));
    }

    private void answer(int to, RequestHead head, Outcome outcome) {
        context.send(to, new Executed(context.slot(), head.id(), head.attempt(), 0, outcome, null, false, null));
    }

    private Outcome perform(Perform perform) {
        EntryOp op = perform.op();
        if (op.isConditional()) {
            context.happened(LeaderlessEvent.LEADERLESS_ATOMIC);
        }
        RecordKey name = new RecordKey(perform.cache(), op.key());
        Evaluation evaluation = new Evaluation(name);
        StoredRecord held = context.copy().held(name, evaluation.nowMillis());
        Outcome outcome = op.evaluate(held == null || held.isTombstone() ? null : held, evaluation);
        StoredRecord written = evaluation.written(op, outcome);
        if (written == null) {
            return outcome;
        }
        install(name, written);
        remember(
                name,
                written.hybridVersion(),
                0,
                context.nowMillis() + perform.head().remainingMillis());
        return outcome.change() == Change.TOUCHED
                ? new Outcome(outcome.status(), outcome.change(), outcome.before(), written)
                : outcome;
    }

    private void install(RecordKey name, StoredRecord written) {
        ApplyResult result = context.copy().apply(name, written, Long.MIN_VALUE);
        if (result != ApplyResult.INSTALLED) {
            throw new InvariantViolation("this replica answered " + result + " to its own " + written);
        }
        spread.record(name, written);
    }

    private void remember(RecordKey name, HybridVersion version, int retries, long untilMillis) {
        fresh.remove(name);
        if (fresh.size() < FRESH_MAX && !spread.peers().isEmpty()) {
            fresh.put(name, new Fresh(version, retries, untilMillis));
        }
    }

    /** Evaluates one operation. */
    private final class Evaluation implements OpContext {
        private final RecordKey name;
        private final long timeMillis = context.timeMillis();

        Evaluation(RecordKey name) {
            this.name = name;
        }

        /**
         * What the outcome writes, null if nothing. A removal leaves its trace also where nothing was found: another replica
         * may hold what this one has not seen yet.
         */
        @Nullable
        StoredRecord written(EntryOp op, Outcome outcome) {
            StoredRecord after = outcome.after();
            if (outcome.change() == Change.TOUCHED && after != null) {
                return mint(after.value(), after.expiresAtMillis());
            }
            if (outcome.change() != Change.NONE && after != null) {
                return after;
            }
            boolean removes = outcome.change() != Change.NONE || op instanceof Remove;
            return removes ? Performing.this.minted(name, null, StoredRecord.NEVER) : null;
        }

        @Override
        public long nowMillis() {
            return timeMillis;
        }

        @Override
        public ValueEquality equality() {
            return context.node().equality();
        }

        @Override
        public StoredRecord mint(Object value, long expiresAtMillis) {
            return Performing.this.minted(name, value, expiresAtMillis);
        }
    }

    private StoredRecord minted(RecordKey name, @Nullable Object value, long expiresAtMillis) {
        return of(context.mint(name), value, expiresAtMillis);
    }

    private static StoredRecord of(HybridVersion version, @Nullable Object value, long expiresAtMillis) {
        return value == null
                ? StoredRecord.tombstone(version.stamp(), version.origin())
                : StoredRecord.value(value, version.stamp(), version.origin(), expiresAtMillis);
    }

    void on(int from, PerformClear clear) {
        RequestHead head = clear.head();
        if (rejects(from, head)) {
            return;
        }
        Outcome outcome = performed.outcomeOf(head.token());
        if (outcome == null) {
            LeaderlessCopy copy = context.copy();
            HybridVersion version = context.mint(copy.newestOf(clear.cache()));
            copy.clear(clear.cache(), version);
            spread.clear(clear.cache(), version);
            outcome = Outcome.cleared();
            performed.add(head.token(), outcome, context.timeMillis());
        }
        answer(from, head, outcome);
    }

    /** Somebody asks for keys. */
    void on(int from, AskHybridPage ask) {
        RequestHead head = ask.head();
        if (rejects(from, head)) {
            return;
        }
        long time = context.timeMillis();
        SlotReplica records = context.copy().recordsOf(ask.cache());
        KeyPage page = records == null
                ? new KeyPage(List.of(), true)
                : KeyPage.of(records, ask.from(), (key, held) -> !held.isTombstone() && !held.isExpiredAt(time));
        int cache = ask.cache();
        context.send(
                from,
                new EntryPage(
                        context.slot(), head.id(), head.attempt(), NO_BALLOT, cache, page.keys(), page.isLast(), null));
    }

    /** A peer holds something newer than what this replica has just written. */
    void overtaken(Stored stored) {
        RecordKey name = stored.name();
        Fresh write = fresh.get(name);
        if (write == null || !write.version.equals(stored.version())) {
            return;
        }
        StoredRecord held = context.copy().held(name, context.timeMillis());
        boolean isInTime = context.nowMillis() <= write.untilMillis && write.retries < RETRIES_MAX;
        if (held == null
                || !held.hybridVersion().equals(write.version)
                || !isInTime
                || !context.mayPerform()
                || !context.observe(stored.held().stamp())) {
            fresh.remove(name);
            return;
        }
        HybridVersion version = context.mint(stored.held().orLater(write.version));
        Object value = held.isTombstone() ? null : held.value();
        install(name, of(version, value, held.expiresAtMillis()));
        remember(name, version, write.retries + 1, write.untilMillis);
        context.happened(LeaderlessEvent.LEADERLESS_STALE_RETRIED);
    }

    void tick() {
        Iterator<Fresh> oldest = fresh.values().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().untilMillis >= context.nowMillis()) {
                return; // In the order of arrival; a caller that waits longer keeps others here for that long.
            }
            oldest.remove();
        }
    }
}
