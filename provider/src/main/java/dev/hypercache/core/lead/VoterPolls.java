package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.HeldPage;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks all voters for keys on which a leader cannot decide by its own copy.
 *
 * <p>A version that a majority holds lives on: the leader gets the record if it lacks it, and proposes it again under a fresh
 * version. What a minority holds was never chosen, or was removed since: the leader's own state takes its place, likewise under
 * a fresh version, which is a tombstone if the leader holds nothing. Nothing is decided on a key that was written meanwhile, for
 * the write has decided.
 *
 * <p>Bounded by {@link #NAMES_MAX} keys; more than that wait for the next comparison. A poll that too few answer is given up:
 * then a voter is away, and whoever compares next asks again. Confined to its slot.
 */
final class VoterPolls {

    /** The most keys that are asked for at the same time. */
    static final int NAMES_MAX = 1_024;

    private static final long REPEAT_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 2_000;

    private final LeaderContext context;
    private final Replication replication;
    private final OperationPath operations;
    private final Map<Integer, Batch> batches = new TreeMap<>();
    private final Map<RecordKey, Fetch> fetches = new LinkedHashMap<>();
    private int lastPoll;

    /** Keys that are asked for in one message to each voter. */
    private static final class Batch {
        final int poll;
        final long begunAtMillis;
        final Map<RecordKey, KeyPoll> open = new LinkedHashMap<>();
        long askedAtMillis;

        Batch(int poll, long nowMillis) {
            this.poll = poll;
            this.begunAtMillis = nowMillis;
            this.askedAtMillis = nowMillis;
        }
    }

    /** A record that the leader lacks and a majority holds. */
    private record Fetch(Version version, KeyPoll poll, int holder, long atMillis) {}

    VoterPolls(LeaderContext context, Replication replication, OperationPath operations) {
        this.context = context;
        this.replication = replication;
        this.operations = operations;
    }

    /** Asks for keys, unless that is under way. */
    void ask(List<RecordKey> names) {
        List<RecordKey> fresh = new ArrayList<>();
        for (RecordKey name : names) {
            if (!isOpen(name)) {
                fresh.add(name);
            }
        }
        int room = NAMES_MAX - size();
        for (int from = 0; from < Math.min(fresh.size(), room); from += AskHeld.NAMES_MAX) {
            int to = Math.min(Math.min(fresh.size(), room), from + AskHeld.NAMES_MAX);
            begin(fresh.subList(from, to));
        }
        if (fresh.size() > room) {
            context.happened(LeaderEvent.REPAIR_POLLS_FULL);
        }
    }

    private boolean isOpen(RecordKey name) {
        return fetches.containsKey(name) || batches.values().stream().anyMatch(batch -> batch.open.containsKey(name));
    }

    private int size() {
        return fetches.size()
                + batches.values().stream().mapToInt(batch -> batch.open.size()).sum();
    }

    private void begin(List<RecordKey> names) {
        if (replication.configuration().isSwitching()) {
            return; // Old voters and new ones would have to be counted apart; the slot is compared again when it is
            // over.
        }
        Batch batch = new Batch(++lastPoll, context.nowMillis());
        for (RecordKey name : names) {
            context.happened(LeaderEvent.REPAIR_POLLED);
            batch.open.put(name, new KeyPoll(context, name));
        }
        batches.put(batch.poll, batch);
        send(batch);
    }

    private void send(Batch batch) {
        AskHeld ask = new AskHeld(context.slot(), context.ballot(), batch.poll, List.copyOf(batch.open.keySet()));
        for (int voter : replication.configuration().targets().toArray()) {
            if (voter != context.self()) {
                context.out().send(voter, ask);
            }
        }
    }

    /** A replica says what it holds of the keys; ignored unless it was asked here. */
    void on(int member, HeldPage page) {
        Batch batch = batches.get(page.poll());
        if (batch == null || !replication.configuration().targets().contains(member)) {
            return;
        }
        Map<RecordKey, KeyPoll> open = new LinkedHashMap<>(batch.open);
        open.values().forEach(poll -> poll.add(member, page));
        open.forEach((name, poll) -> {
            if (isDecided(name, poll)) {
                batch.open.remove(name);
            }
        });
        if (batch.open.isEmpty()) {
            batches.remove(batch.poll);
        }
    }

    private boolean isDecided(RecordKey name, KeyPoll poll) {
        if (isOvertaken(name, poll)) {
            return true;
        }
        MemberSet voters = replication.configuration().targets();
        Version majority = poll.heldByMajority(voters);
        Version own = poll.own();
        if (majority == null && !poll.isComplete(voters)) {
            return false;
        }
        if (own == null && poll.isRemovedBelow(version -> !isAboveFloor(version))) {
            return poll.isComplete(voters); // The others will drop the traces of the removal, too.
        }
        if (majority != null && !majority.equals(own)) {
            fetch(name, majority, poll);
        } else if (majority != null) {
            context.happened(LeaderEvent.REPAIR_REVIVED);
            operations.renew(name);
        } else {
            context.happened(LeaderEvent.REPAIR_KILLED);
            kill(name, own, poll.isOwnCleared());
        }
        return true;
    }

    /** What the leader holds stays, unless other voters would have to take it for something that was removed since. */
    private void kill(RecordKey name, @Nullable Version own, boolean isOwnCleared) {
        if (isOwnCleared || own != null && !isAboveFloor(own)) {
            operations.bury(name);
        } else {
            operations.renew(name);
        }
    }

    /** Whether the key was written since it was asked for. */
    private boolean isOvertaken(RecordKey name, KeyPoll poll) {
        return !poll.isAsItWas()
                || replication.proposals().latest(name) != null
                || replication.proposals().latestClear(name.cache()) != null;
    }

    private boolean isAboveFloor(Version version) {
        return version.compareTo(context.state().floor()) > 0;
    }

    private void fetch(RecordKey name, Version version, KeyPoll poll) {
        int holder = poll.holderOf(version);
        fetches.put(name, new Fetch(version, poll, holder, context.nowMillis()));
        context.out().send(holder, new AskRecords(context.slot(), context.ballot(), List.of(name)));
    }

    /** Records came that the leader lacked. */
    void on(RecordPage page) {
        for (RecordEntry entry : page.entries()) {
            Fetch wanted = fetches.get(entry.name());
            if (wanted != null && entry.record().version().equals(wanted.version())) {
                fetches.remove(entry.name());
                if (!isOvertaken(entry.name(), wanted.poll())) {
                    context.happened(LeaderEvent.REPAIR_REVIVED);
                    operations.revive(entry);
                }
            }
        }
    }

    /** Asks again, and gives up what too few answered. */
    void tick() {
        long now = context.nowMillis();
        fetches.values().removeIf(fetch -> now - fetch.atMillis() >= PATIENCE_MILLIS);
        batches.values().removeIf(batch -> now - batch.begunAtMillis >= PATIENCE_MILLIS);
        for (Batch batch : batches.values()) {
            if (now - batch.askedAtMillis >= REPEAT_MILLIS) {
                batch.askedAtMillis = now;
                send(batch);
            }
        }
    }

    /** Whether nothing has to be asked again. */
    boolean isIdle() {
        return batches.isEmpty() && fetches.isEmpty();
    }
}
