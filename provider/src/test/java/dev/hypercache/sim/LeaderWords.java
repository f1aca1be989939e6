package dev.hypercache.sim;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AcceptClear;
import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.record.Ballot;

/** What leaders say to followers. */
final class LeaderWords {

    private LeaderWords() {}

    /** The epoch of the leader's ballot, 0 for what no leader says. */
    static int epochOf(Message message) {
        return Ballot.unpack(ballotOf(message)).epoch();
    }

    private static long ballotOf(Message message) {
        if (message instanceof Prepare prepare) {
            return prepare.ballot();
        } else if (message instanceof Accept accept) {
            return accept.ballot();
        } else if (message instanceof AcceptClear clear) {
            return clear.ballot();
        } else if (message instanceof Confirm confirm) {
            return confirm.ballot();
        } else if (message instanceof AskVersions ask) {
            return ask.ballot();
        } else if (message instanceof AskRecords ask) {
            return ask.ballot();
        }
        return 0;
    }
}
