package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHeard;
import dev.hypercache.core.message.Changes;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one leader tells one member of the changes of one cache: a numbered stream, repeated until it is heard.
 *
 * <p>It begins with the question how far the member has heard, by version. Every record above that version is told as it is
 * held by then, tombstones included, for an earlier leader may have chosen it and told nobody; after that every change as it
 * is chosen. A stream that gets too long, as its member does not keep up, is given up and begun anew the same way: the member
 * misses changes then that others took the place of, never the last one. Confined to its slot.
 */
final class Feed {

    private static final int RECORDS_MAX = 64;
    private static final long REPEAT_MILLIS = 500;
    private static final long AGAIN_MILLIS = 50;
    private static final long MARK_MILLIS = 250;
    /** Who hears nothing for so long does not keep tombstones any more. */
    private static final long GIVEN_UP_MILLIS = 30_000;

    private final LeaderContext context;
    private final Feeds feeds;
    private final SlotState state;
    private final Proposals proposals;
    private final int cache;
    private final int member;
    private final FeedWindow window;
    /** Keys whose records are to be told as they are: names only, bounded by the slot's records. */
    private final ArrayDeque<RecordKey> restating = new ArrayDeque<>();
    /** The same, once what is proposed for them is chosen. */
    private final Set<RecordKey> unsettled = new LinkedHashSet<>();

    /**
     * What was proposed by the time that this began came before the member listened, chosen or not. Where nothing of earlier leaders
     * was left to propose, each change since is noted, and versions that are no changes need not be told: nothing is above it.
     */
    private final Version begunAfter;

    private long stream;
    private boolean begunAgain;
    private boolean answered;
    private boolean open;
    /** Everything up to it was heard by the member, or came before it listened. */
    private Version base;

    private @Nullable Version heard;
    private long sentAtMillis;
    private long progressAtMillis;

    Feed(Feeds feeds, LeaderContext context, int cache, int member) {
        this.feeds = feeds;
        this.context = context;
        this.state = context.state();
        this.proposals = feeds.replication().proposals();
        this.cache = cache;
        this.member = member;
        this.window = new FeedWindow(feeds.audience());
        this.base = chosen();
        long begunAt = feeds.isComplete() ? Long.MAX_VALUE : context.sequence().last();
        this.begunAfter = new Version(context.ballot(), begunAt);
        this.progressAtMillis = context.nowMillis();
        begin();
    }

    private Version chosen() {
        return new Version(context.ballot(), feeds.replication().committed());
    }

    /** Begins a stream. */
    private void begin() {
        stream = feeds.nextStream();
        answered = false;
        open = false;
        ask();
    }

    private void ask() {
        sentAtMillis = context.nowMillis();
        context.out().send(member, new AskHeard(context.slot(), context.ballot(), cache, stream, base));
    }

    private void beginAgain() {
        begunAgain = true;
        drop();
        begin();
    }

    private void drop() {
        restating.clear();
        unsettled.clear();
        window.drop();
    }

    /** Something was chosen. */
    void add(Notice notice, Audience.Listening listening) {
        boolean isOwn = notice.caller() == member;
        boolean isAwaited = listening.synchronous() && notice.hasCaller() && !isOwn;
        for (Notice.Told told : notice.changes()) {
            boolean tellsOld = told.after().isTombstone() || listening.wantsOld();
            ToldChange change = new ToldChange(
                    notice.name().key(),
                    told.change(),
                    tellsOld ? told.before() : null,
                    told.after(),
                    isAwaited,
                    isOwn);
            if (!window.add(change, isAwaited ? notice : null, chosen().sequence())) {
                context.happened(LeaderEvent.FEED_OVERFLOWED);
                beginAgain();
                return;
            }
        }
        send();
    }

    void on(Heard word) {
        if (word.stream() != stream) {
            return;
        }
        if (word.number() == Heard.UNKNOWN) {
            base = chosen(); // It has begun to listen since, and hears what comes from now on.
            heard = null;
            beginAgain();
            return;
        }
        heard = word.upTo() == null ? heard : word.upTo();
        if (!answered) {
            answered = true;
            progressAtMillis = context.nowMillis();
            openIfReady();
            return;
        }
        if (window.heard(word.number())) {
            progressAtMillis = context.nowMillis();
        }
        if (word.again() && context.nowMillis() - sentAtMillis >= AGAIN_MILLIS) {
            window.again().forEach(this::post);
        }
        send();
    }

    void on(ListenersTold told) {
        if (told.stream() == stream) {
            window.told(told.number());
        }
    }

    private void openIfReady() {
        if (open || !answered || !feeds.isComplete()) {
            return;
        }
        open = true;
        Version from = firstUnheard();
        Map<Object, Version> noted =
                window.lastWaiting(); // Told as they came about, they need not be told as they are.
        for (KeyVersion one : state.contents().versions()) {
            boolean isOf = one.name().cache() == cache && one.version().compareTo(from) > 0;
            if (isOf && !one.version().equals(noted.get(one.name().key()))) {
                restating.add(one.name());
            }
        }
        send();
    }

    /** Above which version records are told as they are: changes are noted from the first stream's beginning on. */
    private Version firstUnheard() {
        Version known = heard == null ? base : heard;
        return known.equals(base) && !begunAgain ? begunAfter : known;
    }

    /** Sends what may be under way. */
    private void send() {
        while (open && window.isOpen() && !(restating.isEmpty() && !window.hasWaiting())) {
            if (!restating.isEmpty()) {
                post(window.say(nextRecords()));
            } else {
                // What an unsettled key holds was chosen before, and is not told yet.
                post(window.next(unsettled.isEmpty()));
            }
        }
    }

    /** What is held for keys; of those with something proposed it shows later what they hold. */
    private List<ToldChange> nextRecords() {
        List<ToldChange> records = new ArrayList<>();
        while (records.size() < RECORDS_MAX && !restating.isEmpty()) {
            RecordKey name = restating.remove();
            RecordEntry entry = state.entry(name);
            if (proposals.latest(name) != null) {
                unsettled.add(name);
            } else if (entry != null) {
                records.add(new ToldChange(name.key(), Change.NONE, null, entry.record(), false, false));
            }
        }
        return records;
    }

    private void post(FeedWindow.Batch batch) {
        sentAtMillis = context.nowMillis();
        if (!batch.changes().isEmpty() || batch.committed() != Changes.NOT_SAID) {
            context.out()
                    .send(
                            member,
                            new Changes(
                                    context.slot(),
                                    context.ballot(),
                                    cache,
                                    stream,
                                    batch.first(),
                                    batch.committed(),
                                    batch.changes()));
        }
    }

    void tick() {
        long now = context.nowMillis();
        if (!answered) {
            if (now - sentAtMillis >= REPEAT_MILLIS) {
                ask();
            }
            return;
        }
        openIfReady();
        settle();
        send();
        if (isIdle()) {
            progressAtMillis = now;
        } else if (!window.isEmpty() && now - sentAtMillis >= REPEAT_MILLIS) {
            window.again().forEach(this::post);
        } else if (isEmpty() && now - sentAtMillis >= MARK_MILLIS) {
            post(window.mark(chosen().sequence()));
        }
    }

    private void settle() {
        for (Iterator<RecordKey> each = unsettled.iterator(); each.hasNext(); ) {
            RecordKey name = each.next();
            if (proposals.latest(name) == null) {
                each.remove();
                restating.add(name);
            }
        }
    }

    private boolean isEmpty() {
        return open && window.isEmpty() && restating.isEmpty() && unsettled.isEmpty();
    }

    /** Whether the member has heard everything that is chosen. */
    boolean isIdle() {
        Version known = heard;
        return isEmpty() && known != null && known.compareTo(chosen()) >= 0;
    }

    /** The lower one of a version and the one up to which the member has heard; null if that is not known. */
    @Nullable
    Version belowUnheard(Version version) {
        Version known = heard;
        if (!open || known == null) {
            return null;
        }
        return known.compareTo(version) < 0 ? known : version;
    }

    /** Whether the member has heard nothing for too long. */
    boolean isGivenUp() {
        return context.nowMillis() - progressAtMillis >= GIVEN_UP_MILLIS;
    }

    void end() {
        open = false;
        drop();
    }
}
