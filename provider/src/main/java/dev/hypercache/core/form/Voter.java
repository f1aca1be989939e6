package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.FormAnswer.Accepted;
import dev.hypercache.core.form.FormAnswer.Denied;
import dev.hypercache.core.form.FormAnswer.Promised;
import dev.hypercache.core.form.FormRequest.Accept;
import dev.hypercache.core.form.FormRequest.Prepare;
import org.jspecify.annotations.Nullable;

/**
 * A seed's vote: the acceptor of a single decision (Lamport's Paxos), whose memory dies with its process.
 *
 * <p>Problem: acceptors keep what they promised and accepted on a disk, or a restart takes a vote back; here there is no disk.
 * Approach: a life of a seed is an acceptor of its own, and accepts only under exactly the ballot that this life promised last. So a
 * restarted seed never accepts on the word of its former life, and one life never accepts two foundings of which both may be chosen.
 * What a restart does forget is what its former life had accepted; CONSISTENCY §5 and docs/adr/0020-founding-a-ring.md say what
 * follows from that.
 */
final class Voter {

    private final NodeProfile self;
    private @Nullable FoundingBallot promised;
    private @Nullable AcceptedFounding accepted;

    Voter(NodeProfile self) {
        this.self = self;
    }

    /** The ballot that it follows; null if none. */
    @Nullable
    FoundingBallot promised() {
        return promised;
    }

    /** What it accepted last; null if nothing. */
    @Nullable
    AcceptedFounding accepted() {
        return accepted;
    }

    FormAnswer prepare(Prepare ask, int electorate) {
        FoundingBallot ballot = ask.ballot();
        if (!ballot.isAbove(promised) && !ballot.equals(promised)) {
            return denied(ballot);
        }
        promised = ballot;
        return new Promised(ballot, self, electorate, accepted);
    }

    FormAnswer accept(Accept ask) {
        if (!ask.voter().equals(self.boot())) {
            return denied(ask.ballot());
        }
        if (!ask.ballot().equals(promised)) {
            return denied(ask.ballot());
        }
        accepted = new AcceptedFounding(ask.ballot(), ask.founding());
        return new Accepted(ask.ballot(), self.boot());
    }

    FormAnswer denied(FoundingBallot ballot) {
        return new Denied(ballot, promised, self.boot());
    }
}
