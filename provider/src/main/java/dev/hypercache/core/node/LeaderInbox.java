package dev.hypercache.core.node;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearAccepted;
import dev.hypercache.core.message.Confirmed;
import dev.hypercache.core.message.FeedMessage;
import dev.hypercache.core.message.FloorRaised;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.RepairMessage;
import dev.hypercache.core.message.VersionPage;
import org.jspecify.annotations.Nullable;

/** What followers answer their leader: it reaches the leadership of the same ballot, or nobody. */
final class LeaderInbox {

    private LeaderInbox() {}

    /**
     * Delivers an answer.
     *
     * @return false if the message is no such answer
     */
    static boolean receive(@Nullable Leadership mine, int from, Message message, long now) {
        if (message instanceof Accepted accepted) {
            if (mine != null && accepted.ballot() == mine.ballot()) {
                mine.on(from, accepted, now);
            }
        } else if (message instanceof Confirmed confirmed) {
            if (mine != null && confirmed.ballot() == mine.ballot()) {
                mine.on(from, confirmed, now);
            }
        } else if (message instanceof ClearAccepted accepted) {
            if (mine != null && accepted.ballot() == mine.ballot()) {
                mine.on(from, accepted, now);
            }
        } else if (message instanceof FloorRaised raised) {
            if (mine != null && raised.ballot() == mine.ballot()) {
                mine.on(from, raised, now);
            }
        } else {
            return receiveOfTakeover(mine, from, message, now);
        }
        return true;
    }

    private static boolean receiveOfTakeover(@Nullable Leadership mine, int from, Message message, long now) {
        if (message instanceof Promise promise) {
            if (mine != null && promise.ballot() == mine.ballot()) {
                mine.on(from, promise, now);
            }
        } else if (message instanceof VersionPage page) {
            if (mine != null && page.ballot() == mine.ballot()) {
                mine.on(from, page, now);
            }
        } else if (message instanceof RecordPage page) {
            if (mine != null && page.ballot() == mine.ballot()) {
                mine.on(page, now);
            }
        } else if (message instanceof Heard || message instanceof ListenersTold) {
            if (mine != null) {
                mine.feeds().on(from, (FeedMessage) message, now);
            }
        } else {
            return false;
        }
        return true;
    }

    /** Delivers what concerns the repair of copies; what is not for a leader is ignored there. */
    static void receiveOfRepair(@Nullable Leadership mine, int from, RepairMessage message, long now) {
        if (mine != null) {
            mine.repairs().on(from, message, now);
        }
    }
}
