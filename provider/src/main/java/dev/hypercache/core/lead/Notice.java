package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one version of a key brings, to be told to those who listen once it is chosen.
 *
 * <p>The answer to the operation that caused them waits until the synchronous listeners of other nodes have seen them, or for
 * as long as its caller can wait. Confined to its slot.
 */
final class Notice {

    private final Feeds feeds;
    private final RecordKey name;
    private final List<Told> changes;
    private final int caller;
    private final @Nullable OpToken token;
    private final long deadlineMillis;
    private final List<PendingAnswer> answers = new ArrayList<>(1);
    private boolean published;
    private int awaited;

    /**
     * One of the changes.
     *
     * @param before what was there, null if nothing
     * @param after what is there then, a tombstone if nothing
     */
    record Told(Change change, @Nullable StoredRecord before, StoredRecord after) {}

    /** @param head of the request that caused the changes, null if none did */
    Notice(Feeds feeds, RecordKey name, List<Told> changes, int caller, @Nullable RequestHead head, long now) {
        this.feeds = feeds;
        this.name = name;
        this.changes = changes;
        this.caller = caller;
        this.token = head == null ? null : head.token();
        this.deadlineMillis = head == null ? now : now + head.remainingMillis();
    }

    RecordKey name() {
        return name;
    }

    List<Told> changes() {
        return changes;
    }

    /** Whose operation it was, {@link Replication#NOBODY} if nobody's. */
    int caller() {
        return caller;
    }

    /** Whether somebody waits for an answer. */
    boolean hasCaller() {
        return caller != Replication.NOBODY;
    }

    @Nullable
    OpToken token() {
        return token;
    }

    /** Whether the caller cannot wait any longer. */
    boolean isOverdue(long now) {
        return now >= deadlineMillis;
    }

    /** The version is chosen: those who listen are told. */
    void publish() {
        if (!published) {
            published = true;
            feeds.publish(this);
            proceed();
        }
    }

    /** An answer waits until those are told whom somebody waits for. */
    void holdBack(PendingAnswer answer) {
        if (!published || awaited > 0) {
            answer.waitForMore();
            answers.add(answer);
        }
    }

    /** Listeners of one node more are waited for. */
    void await() {
        awaited++;
    }

    /** Whether somebody is waited for. */
    boolean isAwaited() {
        return awaited > 0;
    }

    /** The listeners of one node have seen a change, or will not. */
    void told() {
        if (awaited > 0) {
            awaited--;
            proceed();
        }
    }

    /** Nobody is waited for any longer. */
    void giveUp() {
        awaited = 0;
        proceed();
    }

    private void proceed() {
        if (published && awaited == 0) {
            feeds.settled(this);
            List<PendingAnswer> released = List.copyOf(answers);
            answers.clear();
            released.forEach(PendingAnswer::proceed);
        }
    }
}
