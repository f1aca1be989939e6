package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key at one replica whose copy is complete: this node's own if it has one.
 *
 * <p>What it answers may be old, or not chosen yet. Only where every write waits for all voters it has every acknowledged one.
 * A replica that does not answer is passed over for the next one, in the slot's order; unreachable ones come last.
 */
final class NearestRead implements ReplicaReading {

    private static final long PATIENCE_MILLIS = 100;

    private final Question question;
    private final boolean ordered;
    private final Outbox out;
    private final ReadCompletion answer;
    private final Routing routing;
    private final SlotConfiguration configuration;
    private final List<Integer> open;
    private long askedAtMillis;
    private boolean ended;

    /**
     * @param ordered whether a leader orders the writes of the cache
     */
    NearestRead(Question question, boolean ordered, Routing routing, Outbox out, ReadCompletion answer, long now) {
        this.question = question;
        this.ordered = ordered;
        this.out = out;
        this.answer = answer;
        this.routing = routing;
        this.configuration = routing.configuration(question.slot());
        this.open = inOrder(configuration.targets(), routing);
        this.askedAtMillis = now;
    }

    private static List<Integer> inOrder(MemberSet members, Routing routing) {
        BitSet suspected = routing.suspected();
        List<Integer> order = new ArrayList<>();
        for (int member : members.toArray()) {
            if (!suspected.get(member)) {
                order.add(member == routing.self() ? 0 : order.size(), member);
            }
        }
        for (int member : members.toArray()) {
            if (suspected.get(member)) {
                order.add(member);
            }
        }
        return order;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void start() {
        askNext();
    }

    private void askNext() {
        if (open.isEmpty()) {
            ended = true;
            answer.askLeader();
            return;
        }
        int next = open.remove(0);
        out.send(
                next,
                ordered
                        ? new ReadReplica(question.slot(), question.id(), configuration.epoch(), question.name())
                        : new ReadHybrid(question.slot(), question.id(), configuration.epoch(), question.name()));
    }

    @Override
    public void on(int from, ReplicaRead read, long now) {
        RecordEntry entry = read.entry();
        take(read.complete(), entry == null || isGone(entry.record(), read) ? null : entry.record(), now);
    }

    @Override
    public void on(int from, HybridRead read, long now) {
        take(read.complete(), read.record(), now);
    }

    private void take(boolean complete, @Nullable StoredRecord record, long now) {
        if (ended) {
            return;
        }
        if (!complete) {
            askedAtMillis = now;
            askNext();
            return;
        }
        ended = true;
        answer.read(record == null || record.isTombstone() ? null : record);
    }

    /** A copy that heard of no removal for long may hold what has expired: this node's clock counts as well. */
    private boolean isGone(StoredRecord record, ReplicaRead read) {
        long slotTimeMillis = Math.max(read.slotTimeMillis(), routing.slotTimeMillis(question.slot()));
        return record.isExpiredAt(slotTimeMillis);
    }

    @Override
    public void tick(long now) {
        if (!ended && now >= question.endsAtMillis()) {
            ended = true;
            answer.askLeader();
        } else if (!ended && now - askedAtMillis >= PATIENCE_MILLIS && !open.isEmpty()) {
            askedAtMillis = now;
            askNext();
        }
    }

    @Override
    public String toString() {
        return "NearestRead[" + question.name() + ", not asked " + open + "]";
    }
}
