package dev.hypercache.core.lead;

import dev.hypercache.core.message.FeedMessage;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who listen what changes in a slot, once that is chosen.
 *
 * <p>A change is noted when it is evaluated and waits with its proposal; the proposals of a key are chosen in the order of
 * their versions, so each listener hears of a key in that order. Nothing is told that was not chosen. What an earlier leader
 * had no time to tell is found by version: see {@link Feed}. Confined to its slot.
 */
public final class Feeds {

    private final LeaderContext context;
    private final Replication replication;
    private final Audience audience;
    private final Map<FeedName, Feed> feeds = new TreeMap<>();
    /** What was evaluated and has no proposal yet; emptied within an event. */
    private final Map<RecordKey, List<Notice.Told>> noted = new LinkedHashMap<>(2);
    /** What was told and somebody waits for; bounded by the requests under way. */
    private final Set<Notice> awaited = new LinkedHashSet<>();

    private boolean isComplete;
    private long streams;

    private record FeedName(int cache, int member) implements Comparable<FeedName> {
        @Override
        public int compareTo(FeedName other) {
            int byCache = Integer.compare(cache, other.cache);
            return byCache != 0 ? byCache : Integer.compare(member, other.member);
        }
    }

    Feeds(LeaderContext context, Replication replication) {
        this.context = context;
        this.replication = replication;
        this.audience = context.observer().audience();
    }

    Replication replication() {
        return replication;
    }

    Audience audience() {
        return audience;
    }

    /** The number of a stream, which no other one of this leader has: a member that goes and comes back must tell them apart. */
    long nextStream() {
        return ++streams;
    }

    /** Whether everything that was found in the slot is chosen. */
    boolean isComplete() {
        return isComplete;
    }

    /** An entry changed, as far as the leader is concerned. */
    void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        boolean isTold = change != Change.NONE && change != Change.TOUCHED && change != Change.EVICTED;
        if (!isTold || audience.of(name.cache()).isEmpty()) {
            return;
        }
        StoredRecord held =
                after != null ? after : context.state().replica(name.cache()).held(name.key());
        if (held != null) {
            noted.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(new Notice.Told(change, before, held));
        }
    }

    /**
     * What was noted of a key.
     *
     * @param head of the request that was performed, null if none was
     * @return null if nobody wants to hear of it
     */
    @Nullable
    Notice take(RecordKey name, int caller, @Nullable RequestHead head) {
        List<Notice.Told> changes = noted.isEmpty() ? null : noted.remove(name);
        return changes == null ? null : new Notice(this, name, changes, caller, head, context.nowMillis());
    }

    /** Whether a caller is to hear of a change before it gets the answer, or others are: then the leader has the last word. */
    boolean isAhead(@Nullable Notice notice, int caller) {
        return notice != null
                && audience.of(notice.name().cache()).stream()
                        .anyMatch(one -> one.member() == caller || one.synchronous());
    }

    /** What a mutation that comes again waits for; null if it waits for nothing. */
    @Nullable
    Notice awaitedBy(OpToken token) {
        for (Notice notice : awaited) {
            if (token.equals(notice.token())) {
                return notice;
            }
        }
        return null;
    }

    void publish(Notice notice) {
        int cache = notice.name().cache();
        for (Audience.Listening one : audience.of(cache)) {
            feed(cache, one.member()).add(notice, one);
        }
        if (notice.isAwaited()) {
            awaited.add(notice);
        }
    }

    private Feed feed(int cache, int member) {
        return feeds.computeIfAbsent(new FeedName(cache, member), unused -> new Feed(this, context, cache, member));
    }

    /** Nobody is waited for any more. */
    void settled(Notice notice) {
        awaited.remove(notice);
    }

    /** What somebody who listens says. */
    public void on(int member, FeedMessage message, long now) {
        Feed feed = feeds.get(new FeedName(message.cache(), member));
        if (feed == null || message.ballot() != context.ballot()) {
            return;
        }
        context.setNowMillis(now);
        if (message instanceof Heard heard) {
            feed.on(heard);
        } else if (message instanceof ListenersTold told) {
            feed.on(told);
        }
    }

    /** @param complete whether everything that was found in the slot is chosen */
    void tick(boolean complete) {
        isComplete |= complete;
        if (feeds.isEmpty() && audience.caches().isEmpty()) {
            return;
        }
        Set<FeedName> wanted = new LinkedHashSet<>();
        for (int cache : audience.caches()) {
            for (Audience.Listening one : audience.of(cache)) {
                wanted.add(new FeedName(cache, one.member()));
                feed(cache, one.member());
            }
        }
        feeds.forEach((name, feed) -> {
            if (wanted.contains(name)) {
                feed.tick();
            } else {
                feed.end();
            }
        });
        feeds.keySet().retainAll(wanted);
        for (Notice notice : List.copyOf(awaited)) {
            if (notice.isOverdue(context.nowMillis())) {
                context.happened(LeaderEvent.LISTENER_LATE);
                notice.giveUp();
            }
        }
    }

    /** A version up to which tombstones may go: those who listen must hear of a removal before its trace is gone. */
    @Nullable
    Version belowUnheard(@Nullable Version covered) {
        Version lowest = covered;
        for (Feed feed : feeds.values()) {
            if (lowest != null && !feed.isGivenUp()) {
                lowest = feed.belowUnheard(lowest);
            }
        }
        return lowest;
    }

    boolean isIdle() {
        return awaited.isEmpty() && feeds.values().stream().allMatch(Feed::isIdle);
    }

    /** The leader is no more; what is chosen stays so, whoever has heard of it. */
    void end() {
        feeds.values().forEach(Feed::end);
        feeds.clear();
        List.copyOf(awaited).forEach(Notice::giveUp);
    }
}
