package dev.hypercache.core.feed;

import dev.hypercache.core.message.AskHeard;
import dev.hypercache.core.message.Changes;
import dev.hypercache.core.message.FeedMessage;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the changes in one slot: of a key in the order of its versions, each at most once.
 *
 * <p>A leader asks how far this node has heard before it begins, and repeats what is not acknowledged. Whatever way a change
 * comes, with the stream of its leader, with that of the next one or with the answer to a caller of this node, it counts once:
 * what is not above the last version that was heard of its key is a repeat. A node that has no room for more says nothing
 * until it has.
 *
 * <p>Bounded by the caches that are listened to and by {@link LastHeard}. Confined to its slot.
 */
public final class FeedReader {

    private final Outbox out;
    private final Ear ear;
    private final Map<Integer, Stream> streams = new TreeMap<>();
    private final LastHeard last = new LastHeard();

    /** What was heard of one cache. */
    private static final class Stream {
        long ballot;
        long stream;
        long number;

        @Nullable
        Version upTo;

        boolean isBehind(FeedMessage message) {
            return message.ballot() != ballot ? message.ballot() > ballot : message.stream() > stream;
        }

        boolean isOf(FeedMessage message) {
            return message.ballot() == ballot && message.stream() == stream;
        }

        Heard heard(FeedMessage message, boolean again) {
            return new Heard(message.slot(), ballot, message.cache(), stream, number, upTo, again);
        }
    }

    public FeedReader(Outbox out, Ear ear) {
        this.out = out;
        this.ear = ear;
    }

    /** A message about what changed; false if it is about something else. */
    public boolean receive(int from, Message message) {
        boolean isMine = message instanceof AskHeard || message instanceof Changes;
        if (!isMine) {
            return false;
        }
        FeedMessage feed = (FeedMessage) message;
        if (!ear.listensTo(feed.cache())) {
            forget(feed.cache());
        } else if (ear.hasRoom(feed.cache())) {
            if (message instanceof AskHeard ask) {
                begin(from, ask);
            } else if (message instanceof Changes changes) {
                hear(from, changes);
            }
        }
        return true;
    }

    private void forget(int cache) {
        if (streams.remove(cache) != null) {
            last.forget(cache);
        }
    }

    private void begin(int from, AskHeard ask) {
        Stream known = streams.computeIfAbsent(ask.cache(), unused -> new Stream());
        if (known.isBehind(ask)) {
            known.ballot = ask.ballot();
            known.stream = ask.stream();
            known.number = 0;
        }
        if (known.isOf(ask)) {
            known.upTo = known.upTo == null ? ask.base() : known.upTo;
            out.send(from, known.heard(ask, false));
        }
    }

    private void hear(int from, Changes changes) {
        Stream known = streams.get(changes.cache());
        if (known == null || known.isBehind(changes)) {
            out.send(
                    from,
                    new Heard(
                            changes.slot(),
                            changes.ballot(),
                            changes.cache(),
                            changes.stream(),
                            Heard.UNKNOWN,
                            null,
                            false));
            return;
        }
        if (!known.isOf(changes)) {
            return;
        }
        boolean isGap = changes.first() > known.number + 1;
        if (!isGap) {
            takeAll(from, known, changes);
        }
        out.send(from, known.heard(changes, isGap));
    }

    private void takeAll(int from, Stream known, Changes changes) {
        long number = changes.first();
        for (ToldChange change : changes.changes()) {
            if (number > known.number) {
                known.number = number;
                take(
                        from,
                        change,
                        new ListenersTold(changes.slot(), known.ballot, changes.cache(), known.stream, number));
            }
            number++;
        }
        if (changes.committed() != Changes.NOT_SAID) {
            Version committed = new Version(known.ballot, changes.committed());
            known.upTo = known.upTo == null || known.upTo.compareTo(committed) < 0 ? committed : known.upTo;
        }
    }

    private void take(int from, ToldChange told, ListenersTold answer) {
        RecordKey name = new RecordKey(answer.cache(), told.key());
        LastHeard.Seen seen = last.of(name);
        ToldChange news = told.change() == Change.NONE ? change(seen, told) : told;
        boolean isNews = news.change() != Change.NONE && !covers(seen, news.before(), news.after());
        if (isNews || seen == null || !covers(seen, null, told.after())) {
            last.put(name, LastHeard.Seen.of(told.after()));
        }
        if (isNews) {
            ear.changed(name, news, from, answer);
        } else {
            ear.repeated();
            if (told.awaited()) {
                out.send(from, answer);
            }
        }
    }

    private static boolean covers(LastHeard.@Nullable Seen seen, @Nullable StoredRecord before, StoredRecord after) {
        if (seen == null) {
            return false;
        }
        boolean isRemoval = after.isTombstone();
        boolean isSeenBySource = isRemoval && before != null && seen.covers(before.version(), false);
        return isSeenBySource || seen.covers(after.version(), !isRemoval);
    }

    /** Which change a record is that was told as it is: none if that is what was heard last. */
    private static ToldChange change(LastHeard.@Nullable Seen seen, ToldChange told) {
        Change change;
        if (told.after().isTombstone()) {
            change = seen == null || seen.present() ? Change.REMOVED : Change.NONE;
        } else if (seen == null || !seen.present()) {
            change = seen == null ? Change.UPDATED : Change.CREATED;
        } else {
            boolean isSame = seen.valueHash() == told.after().value().hashCode();
            change = isSame ? Change.NONE : Change.UPDATED;
        }
        return new ToldChange(told.key(), change, null, told.after(), told.awaited(), told.own());
    }

    /**
     * A caller of this node learned of a change by the answer to its own operation.
     *
     * @param after what it left, null if nothing
     * @return whether nobody here was told of that yet; from now on somebody was
     */
    public boolean isNews(RecordKey name, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        if (!ear.listensTo(name.cache())) {
            return true;
        }
        StoredRecord record = after == null ? before : after;
        if (record == null) {
            return true;
        }
        LastHeard.Seen seen = last.of(name);
        boolean isNews = seen == null || !seen.covers(record.version(), after != null);
        if (isNews) {
            last.put(name, after == null ? new LastHeard.Seen(record.version(), false, 0) : LastHeard.Seen.of(after));
        }
        return isNews;
    }
}
