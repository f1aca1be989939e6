package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.EntriesExpired;
import dev.hypercache.core.message.ExpiredEntry;
import dev.hypercache.core.message.ExpiredHeard;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ShowInterest;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.ChangeObserver;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells those who listen what expired in the slots that this node leads, and takes in what others tell.
 *
 * <p>The caller of an operation that comes across an expired entry learns of it with the answer, so that it is told before
 * the operation returns; its node gets the report later than others, in case the answer is lost. Whatever way it comes, a
 * node tells of an entry once: a key cannot expire twice at the same time. Remembers the last {@value #REMEMBERED_MAX}
 * entries. Safe for use by any threads; called in the guards of slots.
 */
final class ExpiryNews {

    private static final int REMEMBERED_MAX = 65_536;
    private static final long CALLER_MILLIS = 1_000;

    private final int self;
    private final NodeClock clock;
    private final MemberLinks links;
    private final Interests interests;
    private final ExpiryReports reports;
    private final Map<Seen, Boolean> seen = new LinkedHashMap<>();

    private record Seen(RecordKey name, long expiredAtMillis) {}

    ExpiryNews(MemberLinks links, NodeClock clock, Interests interests, RingMetrics metrics) {
        this.self = links.members().self();
        this.clock = clock;
        this.links = links;
        this.interests = interests;
        this.reports = new ExpiryReports(links, interests, metrics);
    }

    Interests interests() {
        return interests;
    }

    /** Whether nobody on this node was told of an expired entry yet; from now on somebody was. */
    synchronized boolean isNew(RecordKey name, StoredRecord expired) {
        boolean isNew = seen.put(new Seen(name, expired.expiresAtMillis()), true) == null;
        if (seen.size() > REMEMBERED_MAX) {
            seen.remove(seen.keySet().iterator().next());
        }
        return isNew;
    }

    /**
     * An entry expired in a slot that this node leads.
     *
     * @param caller whose operation came across it, {@link Members#NOBODY} if nobody's did
     */
    void expired(RecordKey name, StoredRecord record, int caller) {
        if (caller != self) {
            tell(name, record, caller == Members.NOBODY);
        }
        long now = clock.steadyMillis();
        for (int member : interests.membersFor(name.cache(), now)) {
            reports.add(member, new ExpiredEntry(name, record), member == caller ? now + CALLER_MILLIS : now);
        }
    }

    private void tell(RecordKey name, StoredRecord record, boolean counts) {
        boolean isOpen = !interests.observersOf(name.cache()).isEmpty();
        if (isOpen && !isNew(name, record)) {
            return;
        }
        if (counts) {
            interests.lost(name.cache(), Change.EXPIRED);
        }
        for (ChangeObserver observer : interests.observersOf(name.cache())) {
            observer.expiredUnasked(name.key(), record);
        }
    }

    /** A message of another member; false if it is about something else. */
    boolean receive(int from, Message message) {
        if (message instanceof ShowInterest interest) {
            interests.heard(from, interest, clock.steadyMillis());
        } else if (message instanceof EntriesExpired report) {
            for (ExpiredEntry entry : report.entries()) {
                tell(entry.name(), entry.record(), false);
            }
            links.post(from, new ExpiredHeard(0, report.report()));
        } else if (message instanceof ExpiredHeard heard) {
            reports.acknowledged(heard.report());
        } else {
            return false;
        }
        return true;
    }

    /** Does what is due. */
    void tick() {
        long now = clock.steadyMillis();
        interests.tick(now);
        reports.tick(now);
    }
}
