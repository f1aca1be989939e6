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
import java.util.function.Consumer;

/** What leaders and readers ask of a replica, whether its node leads or not. */
final class FollowerInbox {

    private FollowerInbox() {}

    /**
     * Answers a question.
     *
     * @return false if the message is none
     */
    static boolean receive(Follower follower, Message message, Consumer<Message> reply) {
        if (message instanceof Accept accept) {
            reply.accept(follower.answer(accept));
        } else if (message instanceof Confirm confirm) {
            reply.accept(follower.answer(confirm));
        } else if (message instanceof AcceptClear clear) {
            reply.accept(follower.answer(clear));
        } else if (message instanceof ReadReplica read) {
            reply.accept(follower.answer(read));
        } else {
            return receiveOfLeader(follower, message, reply);
        }
        return true;
    }

    private static boolean receiveOfLeader(Follower follower, Message message, Consumer<Message> reply) {
        if (message instanceof Prepare prepare) {
            reply.accept(follower.answer(prepare));
        } else if (message instanceof AskVersions ask) {
            follower.answer(ask).forEach(reply);
        } else if (message instanceof AskRecords ask) {
            reply.accept(follower.answer(ask));
        } else if (message instanceof RepairMessage repair) {
            follower.answer(repair).forEach(reply);
        } else if (message instanceof RaiseFloor raise) {
            Message answer = follower.answer(raise);
            if (answer != null) {
                reply.accept(answer);
            }
        } else {
            return false;
        }
        return true;
    }
}
