package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.through.WriteThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.ConditionalApply;
import dev.hypercache.jcache.value.Undecodable;
import dev.hypercache.jcache.value.WrittenEntry;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RingClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies one mutation to one entry, with the writer and the expiry policy that the cache may have.
 *
 * <p>Without a writer and with a standard expiry policy the operation goes straight to the leader. Otherwise the caller
 * looks first, lets user code decide, and applies on the condition that nothing changed. A writer runs under a hold of
 * the key, so that per key the store sees the writes in the order of the cache.
 */
final class Mutation<K, V> {

    private final RingClient client;
    private final CacheContext<K, V> context;
    private final ConditionalApply conditional;
    private final @Nullable WriteThrough<K, V> writeThrough;
    private final Undecodable<K, V> undecodable;
    private final boolean direct;

    Mutation(CacheContext<K, V> context, @Nullable WriteThrough<K, V> writeThrough) {
        this.context = context;
        this.client = context.client();
        this.conditional = new ConditionalApply(client, context.values(), context.expiration());
        this.writeThrough = writeThrough;
        this.undecodable = new Undecodable<>(context.values());
        this.direct = writeThrough == null && !context.expiration().asks();
    }

    Outcome apply(EntryOp op) {
        if (!direct) {
            return applyWithUserCode(op);
        }
        while (true) {
            Outcome outcome = client.execute(op);
            StoredRecord found = outcome.before();
            if (isDecided(op, outcome) || found == null) {
                return outcome;
            }
            Outcome replaced = conditional.apply(undecodable.instead(op, found), found, null);
            if (replaced.status() != Outcome.Status.CONFLICT) {
                return Undecodable.asCreation(replaced);
            }
        }
    }

    /** Whether the outcome stands: an entry whose value cannot be decoded here does not keep another one out. */
    boolean isDecided(EntryOp op, Outcome outcome) {
        return outcome.status() != Outcome.Status.UNMET || undecodable.instead(op, outcome.before()) == op;
    }

    /** Whether operations go straight to the ring: no user code decides about any of them. */
    boolean isDirect() {
        return direct;
    }

    /** Whether operations on several keys go to the ring together: no user code decides about any of them. */
    boolean isTogether() {
        return direct && client.isRemote();
    }

    /** Applies operations on different keys together; what came of them, in their order. */
    List<Outcome> applyTogether(List<EntryOp> ops) {
        return client.executeAll(ops);
    }

    private Outcome applyWithUserCode(EntryOp op) {
        if (writeThrough == null) {
            return applyAsking(op);
        }
        writeThrough.invalidations().attempt();
        while (true) {
            try (Hold hold = client.hold(op.key(), HoldKind.EXCLUSIVE, client.requestTimeoutMillis())) {
                Outcome outcome = applyWriting(op, hold);
                if (outcome != null) {
                    return outcome;
                }
            }
        }
    }

    /** Applies an operation whose expiry the policy must be asked for; asks again only if the question changed. */
    private Outcome applyAsking(EntryOp wanted) {
        Change asked = Change.TOUCHED;
        EntryOp answered = wanted;
        while (true) {
            StoredRecord seen = client.read(wanted.key());
            EntryOp op = undecodable.instead(wanted, seen);
            Outcome preview = conditional.preview(op, seen);
            if (preview.change() != asked) {
                answered = conditional.withExpiry(op, preview);
                asked = preview.change();
            }
            Outcome outcome = conditional.apply(answered, seen, null);
            if (outcome.status() != Outcome.Status.CONFLICT) {
                return op == wanted ? outcome : Undecodable.asCreation(outcome);
            }
        }
    }

    /** Null if the entry changed before anything was written. */
    private @Nullable Outcome applyWriting(EntryOp wanted, Hold hold) {
        StoredRecord seen = client.read(wanted.key());
        EntryOp op = undecodable.instead(wanted, seen);
        Outcome preview = conditional.preview(op, seen);
        if (write(op, preview, hold)) {
            Outcome written = writer().applied(List.of(op.key()), () -> applyWritten(new Claim(op, seen, hold)));
            return op == wanted ? written : Undecodable.asCreation(written);
        }
        Outcome outcome = conditional.apply(conditional.withExpiry(op, preview), seen, hold);
        boolean evaluated = outcome.status() == Outcome.Status.APPLIED || outcome.status() == Outcome.Status.UNMET;
        return evaluated ? outcome : null;
    }

    /** Calls the writer if the operation is going to change the entry, and for every unconditional removal. */
    private boolean write(EntryOp op, Outcome preview, Hold hold) {
        WriteThrough<K, V> writer = writer();
        Change change = preview.change();
        if (change == Change.REMOVED || op instanceof Remove) {
            writer.delete(context.values().key(op.key()));
            return true;
        }
        if (change == Change.CREATED || change == Change.UPDATED) {
            writer.write(entry(op.key(), valueOf(op), hold));
            return true;
        }
        return false;
    }

    private static Object valueOf(EntryOp op) {
        Object value = op.value();
        if (value == null) {
            throw new IllegalStateException("an operation without a value is not written: " + op);
        }
        return value;
    }

    private WriteThrough<K, V> writer() {
        return Objects.requireNonNull(writeThrough, "writeThrough");
    }

    /** What the writer is given of an operation on a key that is held. */
    WrittenEntry<K, V> entry(Object keyHandle, Object valueHandle, Hold hold) {
        return new WrittenEntry<>(
                context.values().key(keyHandle),
                Objects.requireNonNull(context.values().valueOf(valueHandle), "value"),
                hold.token());
    }

    /**
     * An operation on a key that the caller holds.
     *
     * @param seen the entry as the caller saw it under the hold
     */
    record Claim(EntryOp op, @Nullable StoredRecord seen, Hold hold) {}

    /** Applies together what the writer has accepted; what came of each, in their order. See {@link #applyWritten(Claim)}. */
    List<Outcome> applyWritten(List<Claim> claims) {
        List<Object> keys = claims.stream().map(claim -> claim.op().key()).toList();
        return writer().applied(keys, () -> applyTogetherWritten(claims));
    }

    private List<Outcome> applyTogetherWritten(List<Claim> claims) {
        List<EntryOp> ops = new ArrayList<>(claims.size());
        List<Hold> holds = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            Outcome preview = conditional.preview(claim.op(), claim.seen());
            ops.add(ConditionalApply.at(conditional.withExpiry(claim.op(), preview), claim.seen()));
            holds.add(claim.hold());
        }
        List<Outcome> outcomes = new ArrayList<>(client.executeAll(ops, holds));
        for (int i = 0; i < outcomes.size(); i++) {
            outcomes.set(i, settled(claims.get(i), outcomes.get(i)));
        }
        return outcomes;
    }

    /**
     * Applies what the writer has accepted.
     *
     * <p>What is written cannot be taken back, so the operation has happened as it was previewed. If the entry was changed
     * by somebody who did not wait for the hold, the store may have either value last: the entry goes, and the next read
     * asks the store.
     */
    private Outcome applyWritten(Claim claim) {
        Outcome preview = conditional.preview(claim.op(), claim.seen());
        return settled(
                claim, conditional.apply(conditional.withExpiry(claim.op(), preview), claim.seen(), claim.hold()));
    }

    private Outcome settled(Claim claim, Outcome first) {
        EntryOp op = claim.op();
        StoredRecord seen = claim.seen();
        Outcome outcome = first;
        if (outcome.status() != Outcome.Status.HOLD_LOST && outcome.status() != Outcome.Status.CONFLICT) {
            return outcome;
        }
        Outcome preview = conditional.preview(op, seen);
        if (outcome.status() == Outcome.Status.HOLD_LOST) {
            outcome = conditional.apply(conditional.withExpiry(op, preview), seen, null);
        }
        if (outcome.status() == Outcome.Status.CONFLICT && outcome.before() == null && op instanceof Put) {
            outcome = conditional.apply(conditional.withExpiry(op, conditional.preview(op, null)), null, null);
        }
        if (outcome.status() != Outcome.Status.CONFLICT) {
            return outcome;
        }
        client.execute(new Remove(op.key()));
        return new Outcome(preview.status(), preview.change(), seen, null);
    }
}
