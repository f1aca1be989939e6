package dev.hypercache.core.repair;

import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.StaleSeen;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Tells the leaders of slots which replicas this node's readers saw stale.
 *
 * <p>A leader hears of a key and a replica once, however many readers see it, and hears of several together. Bounded by {@link
 * #HINTS_MAX}: what is seen beyond that is left to the comparison of the whole slot. Confined: whoever drives it does so from
 * one thread.
 */
public final class ReadRepair {

    /** The most hints that are kept, those that were sent within {@link #REMEMBERED_MILLIS} included. */
    public static final int HINTS_MAX = 10_000;

    /** How long hints are gathered. */
    static final long BATCH_MILLIS = 200;

    /** How long a hint that was sent is not sent again. */
    static final long REMEMBERED_MILLIS = 2_000;

    private static final long NOT_SENT = Long.MAX_VALUE;

    private final Outbox out;
    private final IntUnaryOperator leaderOf;
    private final RepairObserver observer;
    private final Map<Stale, Long> sentAtMillis = new LinkedHashMap<>();
    private long batchedAtMillis = Long.MIN_VALUE / 2;

    /** What a reader saw. */
    public record Stale(int slot, RecordKey name, int member) {}

    private record Address(int slot, int member) {}

    /**
     * @param leaderOf the leader of a slot as far as known, {@link Rejected#NOBODY} if it is not
     */
    public ReadRepair(Outbox out, IntUnaryOperator leaderOf, RepairObserver observer) {
        this.out = out;
        this.leaderOf = leaderOf;
        this.observer = observer;
    }

    /** A reader got less from a replica than was chosen. */
    public void seen(Stale stale) {
        if (sentAtMillis.size() < HINTS_MAX) {
            sentAtMillis.putIfAbsent(stale, NOT_SENT);
        } else if (!sentAtMillis.containsKey(stale)) {
            observer.happened(RepairEvent.STALE_DROPPED);
        }
    }

    /** Sends what was gathered, when it is time. */
    public void tick(long now) {
        if (sentAtMillis.isEmpty() || now - batchedAtMillis < BATCH_MILLIS) {
            return;
        }
        batchedAtMillis = now;
        Map<Address, List<RecordKey>> batches = new LinkedHashMap<>();
        for (Iterator<Map.Entry<Stale, Long>> each = sentAtMillis.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Stale, Long> one = each.next();
            if (one.getValue() == NOT_SENT) {
                Stale stale = one.getKey();
                batches.computeIfAbsent(new Address(stale.slot(), stale.member()), unused -> new ArrayList<>())
                        .add(stale.name());
                one.setValue(now);
            } else if (now - one.getValue() >= REMEMBERED_MILLIS) {
                each.remove();
            }
        }
        batches.forEach(this::send);
    }

    private void send(Address address, List<RecordKey> names) {
        int leader = leaderOf.applyAsInt(address.slot());
        if (leader == Rejected.NOBODY || leader == address.member()) {
            return;
        }
        for (int from = 0; from < names.size(); from += AskHeld.NAMES_MAX) {
            List<RecordKey> page = names.subList(from, Math.min(names.size(), from + AskHeld.NAMES_MAX));
            observer.happened(RepairEvent.STALE_TOLD);
            out.send(leader, new StaleSeen(address.slot(), address.member(), List.copyOf(page)));
        }
    }

    /** How many hints are kept. */
    public int size() {
        return sentAtMillis.size();
    }
}
