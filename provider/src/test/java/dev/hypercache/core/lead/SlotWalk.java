package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.lead.StrictSlot.Claim;
import dev.hypercache.core.lead.StrictSlot.Entry;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A random walk over one leader and its model in step; the checks run after each step. */
final class SlotWalk {

    /** What must happen in some walk, or the walks check nothing. */
    enum Feature {
        CREATED,
        UPDATED,
        REMOVED,
        TOUCHED,
        EXPIRED,
        EVICTED,
        CONFLICT,
        UNMET_PRESENT,
        HELD,
        HOLD_LOST,
        LOAD_BROKEN,
        EXPIRED_UNDER_LOAD,
        PAST_HOLDER,
        SERVED,
        OVERDUE,
        CLEARED
    }

    private static final int KEYS = 4;
    private static final int TICKETS_MAX = 24;
    private static final long HOLD_MAX = 60;
    private static final long[] LIVES = {ExpiryRule.ETERNAL, 0, 1, 5, 40};

    private record Pair(HoldTicket ticket, Claim claim) {}

    private final RandomGenerator random;
    private final Recorder recorder = new Recorder();
    private final SlotReplica replica = SlotReplica.alone(new HeapEntryStore<>());
    private final SlotLeader leader = new SlotLeader(new Ballot(1, 0, 0), replica, Object::equals, recorder);
    private final StrictSlot model = new StrictSlot();
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Object, StoredRecord> replayed = new HashMap<>();
    private final Map<Object, Version> highest = new HashMap<>();
    private final Set<Version> expiredVersions = new HashSet<>();
    private final Set<Feature> met = EnumSet.noneOf(Feature.class);
    private long now;
    private String lastStep = "none";

    SlotWalk(RandomGenerator random) {
        this.random = random;
    }

    Set<Feature> met() {
        return met;
    }

    String lastStep() {
        return lastStep;
    }

    void step() {
        int dice = random.nextInt(100);
        if (dice < 62) {
            execute();
        } else if (dice < 77) {
            hold();
        } else if (dice < 88) {
            release();
        } else if (dice < 95) {
            now += random.nextInt(20);
            lastStep = "clock to " + now;
        } else if (dice < 97) {
            breakOverdue();
        } else if (dice < 99) {
            lastStep = "clear";
            clear();
        } else {
            lastStep = "break holds";
            model.breakHolds(now);
            leader.breakHolds(now);
        }
        check();
    }

    private void clear() {
        met.add(Feature.CLEARED);
        model.breakHolds(now);
        model.entries.clear();
        leader.clear(now);
        replayed.clear();
    }

    private void execute() {
        int key = random.nextInt(KEYS);
        EntryOp op = operation(key);
        Pair pair = pairs.isEmpty() || random.nextInt(3) > 0 ? null : pairs.get(random.nextInt(pairs.size()));
        if (pair != null && pair.claim.key != key) {
            pair = null;
        }
        lastStep = "at " + now + " " + op + (pair == null ? "" : " with " + pair.claim.kind);
        recorder.calls.clear();
        HoldTicket ticket = pair == null ? null : pair.ticket;
        boolean pastHolder = pair == null && random.nextInt(6) == 0;
        Expected expected = expect(op, pair == null ? null : pair.claim, pastHolder);
        Outcome outcome = pastHolder ? leader.executePastHolder(op, now) : leader.execute(op, ticket, now);
        assertThat(outcome.status()).isEqualTo(expected.status);
        assertThat(valueOf(outcome.before())).isEqualTo(expected.before);
        List<Change> changes = new ArrayList<>();
        for (Recorder.Told told : recorder.calls) {
            assertThat(told.key()).isEqualTo(key);
            changes.add(told.change());
            met.add(Feature.valueOf(told.change().name()));
            replay(told);
        }
        assertThat(changes).isEqualTo(expected.changes);
    }

    /** What the model says must come of an operation. */
    private static final class Expected {
        Status status = Status.APPLIED;

        @Nullable
        Object before;

        final List<Change> changes = new ArrayList<>();
    }

    private Expected expect(EntryOp op, @Nullable Claim claim, boolean pastHolder) {
        Expected expected = new Expected();
        int key = (int) op.key();
        if (claim != null && claim.state != HoldTicket.State.GRANTED) {
            met.add(Feature.HOLD_LOST);
            expected.status = Status.HOLD_LOST;
            return expected;
        }
        Claim holder = model.holder(key);
        if (holder != null && holder != claim && op.kind() != EntryOp.Kind.READ) {
            if (holder.kind == HoldKind.LOAD) {
                met.add(Feature.LOAD_BROKEN);
                model.breakLoad(key, now);
            } else if (pastHolder) {
                met.add(Feature.PAST_HOLDER);
            } else if (op.kind() == EntryOp.Kind.MUTATION) {
                met.add(Feature.HELD);
                expected.status = Status.HELD;
                return expected;
            }
        }
        Entry entry = model.entries.get(key);
        if (entry != null && entry.isExpired(now)) {
            expire(key);
            expected.changes.add(Change.EXPIRED);
            entry = null;
        }
        expected.before = entry == null ? null : entry.value();
        evaluate(op, key, entry, expected);
        return expected;
    }

    private void expire(int key) {
        Claim holder = model.holder(key);
        if (holder != null && holder.kind == HoldKind.LOAD) {
            met.add(Feature.EXPIRED_UNDER_LOAD);
        }
        model.entries.remove(key);
    }

    private void evaluate(EntryOp op, int key, @Nullable Entry entry, Expected expected) {
        if (op instanceof AtVersion at) {
            boolean asSeen = entry == null ? at.expected() == null : isVersion(key, at.expected());
            if (!asSeen) {
                met.add(Feature.CONFLICT);
                expected.status = Status.CONFLICT;
                return;
            }
            evaluate(at.op(), key, entry, expected);
        } else if (op instanceof Put put) {
            store(key, entry, put.value(), put.expiry(), expected);
        } else if (op instanceof PutIfAbsent put && entry == null) {
            store(key, null, put.value(), put.expiry(), expected);
        } else if (op instanceof Replace replace && entry != null) {
            store(key, entry, replace.value(), replace.expiry(), expected);
        } else if (op instanceof ReplaceIfEqual replace && entry != null) {
            if (entry.value().equals(replace.expected())) {
                store(key, entry, replace.value(), replace.expiry(), expected);
            } else {
                unmet(expected);
                access(key, entry, replace.expiry(), expected);
            }
        } else if (op instanceof Remove && entry != null) {
            drop(key, Change.REMOVED, expected);
        } else if (op instanceof RemoveIfEqual remove && entry != null) {
            if (entry.value().equals(remove.expected())) {
                drop(key, Change.REMOVED, expected);
            } else {
                unmet(expected);
                access(key, entry, remove.expiry(), expected);
            }
        } else if (op instanceof Evict && entry != null) {
            drop(key, Change.EVICTED, expected);
        } else if (op instanceof Get get && entry != null) {
            access(key, entry, get.expiry(), expected);
        } else if (op instanceof Touch touch && entry != null && isVersion(key, touch.version())) {
            access(key, entry, touch.expiry(), expected);
        } else if (!(op instanceof Expire && entry == null)) {
            expected.status = Status.UNMET;
        }
    }

    private void unmet(Expected expected) {
        met.add(Feature.UNMET_PRESENT);
        expected.status = Status.UNMET;
    }

    private boolean isVersion(int key, @Nullable Version version) {
        StoredRecord held = replica.get(key);
        return version != null && held != null && held.version().equals(version);
    }

    private void store(int key, @Nullable Entry entry, Object value, ExpiryRule rule, Expected expected) {
        if (entry == null && rule.creationMillis() == 0) {
            return;
        }
        long end;
        if (entry == null) {
            end = end(rule.creationMillis(), 0);
        } else {
            end = end(rule.updateMillis(), entry.expiresAt());
        }
        model.write(key, (String) value, end);
        expected.changes.add(entry == null ? Change.CREATED : Change.UPDATED);
    }

    private void access(int key, Entry entry, ExpiryRule rule, Expected expected) {
        long end = end(rule.accessMillis(), entry.expiresAt());
        if (end != entry.expiresAt()) {
            model.entries.put(key, new Entry(entry.value(), entry.number(), end));
            expected.changes.add(Change.TOUCHED);
        }
    }

    private long end(long life, long unchanged) {
        if (life == ExpiryRule.UNCHANGED) {
            return unchanged;
        }
        return life == ExpiryRule.ETERNAL ? StoredRecord.NEVER : now + life;
    }

    private void drop(int key, Change change, Expected expected) {
        model.entries.remove(key);
        expected.changes.add(change);
    }

    private EntryOp operation(int key) {
        EntryOp op = plainOperation(key);
        if (random.nextInt(4) > 0 || op instanceof Evict || op instanceof Expire || op instanceof Touch) {
            return op;
        }
        StoredRecord held = replica.get(key);
        return new AtVersion(op, held == null || random.nextInt(4) == 0 ? null : held.version());
    }

    private EntryOp plainOperation(int key) {
        switch (random.nextInt(12)) {
            case 0:
            case 1:
                return new Put(key, value(), rule());
            case 2:
                return new PutIfAbsent(key, value(), rule());
            case 3:
                return new Replace(key, value(), rule());
            case 4:
                return new ReplaceIfEqual(key, value(), value(), rule());
            case 5:
                return new Remove(key);
            case 6:
                return new RemoveIfEqual(key, value(), rule());
            case 7:
                return new Evict(key);
            case 8:
                return new Expire(key);
            case 9:
                StoredRecord held = replica.get(key);
                return new Touch(key, held == null ? new Version(1, 1) : held.version(), rule());
            default:
                return new Get(key, rule());
        }
    }

    private String value() {
        return "v" + random.nextInt(3);
    }

    private ExpiryRule rule() {
        long creation = random.nextInt(3) == 0 ? LIVES[random.nextInt(LIVES.length)] : ExpiryRule.ETERNAL;
        return new ExpiryRule(creation, lifeOrUnchanged(), lifeOrUnchanged());
    }

    private long lifeOrUnchanged() {
        return random.nextInt(3) == 0 ? LIVES[random.nextInt(LIVES.length)] : ExpiryRule.UNCHANGED;
    }

    private void hold() {
        if (pairs.size() >= TICKETS_MAX) {
            release();
            return;
        }
        int key = random.nextInt(KEYS);
        HoldKind kind = random.nextInt(3) == 0 ? HoldKind.EXCLUSIVE : HoldKind.LOAD;
        boolean mayWait = random.nextBoolean();
        lastStep = "at " + now + (mayWait ? " hold " : " try to hold ") + key + " for " + kind;
        Pair pair = new Pair(new HoldTicket(key, kind, "caller", () -> {}), new Claim(key, kind));
        boolean granted = mayWait ? leader.hold(pair.ticket, now) : leader.tryHold(pair.ticket);
        assertThat(granted).isEqualTo(model.claim(pair.claim, mayWait, now));
        pairs.add(pair);
    }

    private void release() {
        if (pairs.isEmpty()) {
            return;
        }
        Pair pair = pairs.remove(random.nextInt(pairs.size()));
        Object loaded = random.nextBoolean() ? null : "loaded " + now;
        lastStep = "at " + now + " release " + pair.claim.key + " with " + loaded;
        model.release(pair.claim, loaded, now);
        leader.release(pair.ticket, loaded, now);
    }

    private void breakOverdue() {
        int key = random.nextInt(KEYS);
        lastStep = "at " + now + " break " + key + " if overdue";
        Claim holder = model.holder(key);
        boolean overdue = model.isAwaited(key) && now - holder.awaitedSince >= HOLD_MAX;
        if (overdue) {
            met.add(Feature.OVERDUE);
            model.breakHold(key, now);
        }
        assertThat(leader.breakOverdueHold(key, HOLD_MAX, now)).isEqualTo(overdue);
    }

    /** Replays what the port was told onto a map; versions of a key only rise and each version expires once. */
    private void replay(Recorder.Told told) {
        StoredRecord after = told.after();
        assertSame(told.before(), replayed.get(told.key()));
        if (after == null) {
            replayed.remove(told.key());
        } else {
            replayed.put(told.key(), after);
        }
        if (told.change() == Change.EXPIRED) {
            assertThat(expiredVersions.add(told.before().version())).isTrue();
            assertThat(told.before().isExpiredAt(now)).isTrue();
        }
        if (told.change() == Change.CREATED || told.change() == Change.UPDATED) {
            Version last = highest.put(told.key(), after.version());
            assertThat(last == null || last.compareTo(after.version()) < 0)
                    .as(after.version() + " after " + last)
                    .isTrue();
        }
    }

    /** The same version, value and end of life; the store may have copied the record when it grew. */
    private static void assertSame(@Nullable StoredRecord record, @Nullable StoredRecord told) {
        if (record == null || told == null) {
            assertThat(record).isSameAs(told);
            return;
        }
        assertThat(record.version()).isEqualTo(told.version());
        assertThat(record.value()).isSameAs(told.value());
        assertThat(record.expiresAtMillis()).isEqualTo(told.expiresAtMillis());
    }

    private void check() {
        Map<Object, StoredRecord> held = new HashMap<>();
        for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
            held.put(cursor.key(), cursor.record());
        }
        assertThat(held.keySet()).as("the store against the replayed changes").isEqualTo(replayed.keySet());
        held.forEach((key, record) -> assertSame(record, replayed.get(key)));
        assertThat(held.keySet()).as("keys").isEqualTo(model.entries.keySet());
        for (Map.Entry<Integer, Entry> entry : model.entries.entrySet()) {
            StoredRecord record = held.get(entry.getKey());
            assertThat(record.value()).isEqualTo(entry.getValue().value());
            assertThat(record.expiresAtMillis()).isEqualTo(entry.getValue().expiresAt());
        }
        for (Pair pair : pairs) {
            assertThat(pair.ticket.state()).isEqualTo(pair.claim.state);
            assertThat(pair.ticket.result()).isEqualTo(pair.claim.served);
            if (pair.claim.state == HoldTicket.State.SERVED) {
                met.add(Feature.SERVED);
            }
        }
        assertThat(leader.hasWaiters()).isEqualTo(model.isAnyAwaited());
    }

    private static @Nullable Object valueOf(@Nullable StoredRecord record) {
        return record == null ? null : record.value();
    }
}
