package dev.hypercache.core.node;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AcceptClear;
import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.RaiseFloor;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.RepairMessage;
import dev.hypercache.core.replica.Follower;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What leaders and readers ask of a replica. */
final class FollowerInbox {

    private FollowerInbox() {}

    /**
     * Delivers a question.
     *
     * @return the answers; null if the message is no such question
     */
    static @Nullable List<Message> receive(Follower follower, Message message) {
        if (message instanceof Accept accept) {
            return List.of(follower.answer(accept));
        } else if (message instanceof Confirm confirm) {
            return List.of(follower.answer(confirm));
        } else if (message instanceof AcceptClear clear) {
            return List.of(follower.answer(clear));
        } else if (message instanceof ReadReplica read) {
            return List.of(follower.answer(read));
        }
        return receiveOfComparison(follower, message);
    }

    private static @Nullable List<Message> receiveOfComparison(Follower follower, Message message) {
        if (message instanceof Prepare prepare) {
            return List.of(follower.answer(prepare));
        } else if (message instanceof AskVersions ask) {
            return follower.answer(ask);
        } else if (message instanceof AskRecords ask) {
            return List.of(follower.answer(ask));
        } else if (message instanceof RepairMessage repair) {
            return follower.answer(repair);
        } else if (message instanceof RaiseFloor raise) {
            return follower.answer(raise);
        }
        return null;
    }
}
