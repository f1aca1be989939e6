package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.EntriesExpired;
import dev.hypercache.core.message.ExpiredEntry;
import dev.hypercache.core.record.ValueBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What other members are to be told of expired entries, until they acknowledge it or want to hear no more.
 *
 * <p>At most {@value #ENTRIES_MAX} entries wait for one member, those under way included; one more is dropped and counted.
 * Safe for use by any threads.
 */
final class ExpiryReports {

    private static final int ENTRIES_MAX = 20_000;
    private static final long BYTES_MAX = 1 << 20;
    private static final long REPEAT_MILLIS = 500;

    private final MemberLinks links;
    private final Interests interests;
    private final RingMetrics metrics;
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private final Map<Long, Sent> sent = new LinkedHashMap<>();
    private long lastReport;

    /** What is to be told to one member. */
    private static final class Waiting {
        final ArrayDeque<Due> entries = new ArrayDeque<>();
        int underWay;
    }

    private record Due(ExpiredEntry entry, long dueMillis) {}

    private static final class Sent {
        final int member;
        final EntriesExpired report;
        long atMillis;

        Sent(int member, EntriesExpired report, long atMillis) {
            this.member = member;
            this.report = report;
            this.atMillis = atMillis;
        }
    }

    ExpiryReports(MemberLinks links, Interests interests, RingMetrics metrics) {
        this.links = links;
        this.interests = interests;
        this.metrics = metrics;
    }

    /** Something is to be told to a member when it is due. */
    synchronized void add(int member, ExpiredEntry entry, long dueMillis) {
        Waiting ofMember = waiting.computeIfAbsent(member, unused -> new Waiting());
        if (ofMember.entries.size() + ofMember.underWay >= ENTRIES_MAX) {
            metrics.expiriesUntold(1);
        } else {
            ofMember.entries.add(new Due(entry, dueMillis));
        }
    }

    synchronized void acknowledged(long report) {
        Sent known = sent.remove(report);
        if (known != null) {
            ended(known);
        }
    }

    private void ended(Sent known) {
        Waiting ofMember = waiting.get(known.member);
        if (ofMember != null) {
            ofMember.underWay -= known.report.entries().size();
        }
    }

    /** Sends what is due, and again what was not acknowledged. */
    synchronized void tick(long now) {
        repeat(now);
        for (Iterator<Map.Entry<Integer, Waiting>> each = waiting.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Integer, Waiting> one = each.next();
            if (one.getValue().underWay == 0 && one.getValue().entries.isEmpty()) {
                each.remove();
            } else if (interests.wants(one.getKey(), now)) {
                send(one.getKey(), one.getValue(), now);
            } else {
                one.getValue().entries.clear();
            }
        }
    }

    private void repeat(long now) {
        Collection<Sent> reports = sent.values();
        for (Iterator<Sent> each = reports.iterator(); each.hasNext(); ) {
            Sent one = each.next();
            if (!interests.wants(one.member, now)) {
                each.remove();
                ended(one);
            } else if (now - one.atMillis >= REPEAT_MILLIS) {
                one.atMillis = now;
                links.post(one.member, one.report);
            }
        }
    }

    private void send(int member, Waiting ofMember, long now) {
        List<Due> later = new ArrayList<>();
        while (!ofMember.entries.isEmpty()) {
            List<ExpiredEntry> entries = take(ofMember, later, now);
            if (!entries.isEmpty()) {
                EntriesExpired report = new EntriesExpired(0, ++lastReport, entries);
                ofMember.underWay += entries.size();
                sent.put(lastReport, new Sent(member, report, now));
                links.post(member, report);
            }
        }
        ofMember.entries.addAll(later);
    }

    private static List<ExpiredEntry> take(Waiting ofMember, List<Due> later, long now) {
        List<ExpiredEntry> entries = new ArrayList<>();
        long bytes = 0;
        while (entries.size() < EntriesExpired.ENTRIES_MAX && bytes < BYTES_MAX && !ofMember.entries.isEmpty()) {
            Due next = ofMember.entries.remove();
            if (next.dueMillis() > now) {
                later.add(next);
                continue;
            }
            entries.add(next.entry());
            bytes += next.entry().record().value() instanceof ValueBytes value ? value.length() : 0;
        }
        return List.copyOf(entries);
    }
}
