package dev.hypercache.core.form;

import dev.hypercache.core.control.ControlLimits;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.FormAnswer.Accepted;
import dev.hypercache.core.form.FormAnswer.Denied;
import dev.hypercache.core.form.FormAnswer.Promised;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One ballot of a candidate: it collects votes, then proposes a founding to those who voted.
 *
 * <p>A seed counts by its name and in one life. The first founding that a vote tells of must be proposed again, of several that of
 * the highest ballot, since it may have been chosen; unless every one of its founders has voted in another life: then nobody is, or
 * ever will be, a member of that ring.
 */
final class Candidacy {

    enum Phase {
        PREPARING,
        PROPOSING,
        CHOSEN,
        LOST
    }

    /** A seed that voted. */
    private record Vote(Address from, Promised promise) {}

    private final FoundingBallot ballot;
    private final long beganMillis;
    private final Map<String, Vote> votes = new TreeMap<>();
    private final Set<UUID> accepters = new HashSet<>();
    private final Set<UUID> deniers = new HashSet<>();
    private Phase phase = Phase.PREPARING;
    private int electorate;
    private @Nullable Payload founding;

    Candidacy(FoundingBallot ballot, long beganMillis) {
        this.ballot = ballot;
        this.beganMillis = beganMillis;
    }

    FoundingBallot ballot() {
        return ballot;
    }

    long beganMillis() {
        return beganMillis;
    }

    Phase phase() {
        return phase;
    }

    /** What was proposed; null before. */
    @Nullable
    Payload founding() {
        return founding;
    }

    /** Among how many nodes a majority must agree: it never shrinks while a ballot is under way. */
    int widened(int size) {
        electorate = Math.max(electorate, size);
        return electorate;
    }

    int votes() {
        return votes.size();
    }

    boolean hasVoteOf(NodeProfile life) {
        Vote vote = votes.get(life.name());
        return vote != null && vote.promise().voter().equals(life);
    }

    void lose() {
        if (phase != Phase.CHOSEN) {
            phase = Phase.LOST;
        }
    }

    /** A seed voted. What comes once a founding is proposed is too late to be asked for it. */
    void promised(Address from, Promised promise) {
        if (phase != Phase.PREPARING || !promise.ballot().equals(ballot)) {
            return;
        }
        Vote former = votes.putIfAbsent(promise.voter().name(), new Vote(from, promise));
        electorate = Math.max(electorate, promise.electorate());
        if (former != null && !former.promise().voter().equals(promise.voter())) {
            lose(); // It was restarted meanwhile: the former vote is worth nothing, the new one may say more.
        }
    }

    /**
     * Proposes a founding to those who voted.
     *
     * @param fresh makes one of the founders, if nothing must be proposed again
     */
    void propose(BiFunction<UUID, List<NodeProfile>, Payload> fresh, UUID ring) {
        AcceptedFounding known = highestAccepted();
        founding = known != null ? known.founding() : fresh.apply(ring, founders());
        phase = Phase.PROPOSING;
    }

    private @Nullable AcceptedFounding highestAccepted() {
        AcceptedFounding highest = null;
        for (Vote vote : votes.values()) {
            AcceptedFounding accepted = vote.promise().accepted();
            if (accepted != null && (highest == null || accepted.ballot().isAbove(highest.ballot()))) {
                highest = accepted;
            }
        }
        return highest == null || isVoid(Foundings.read(highest.founding())) ? null : highest;
    }

    private boolean isVoid(FoundRing ring) {
        for (NodeProfile founder : ring.founders()) {
            Vote vote = votes.get(founder.name());
            boolean isProvenDead =
                    vote != null && !vote.promise().voter().boot().equals(founder.boot());
            if (!isProvenDead) {
                return false;
            }
        }
        return true;
    }

    private List<NodeProfile> founders() {
        return votes.values().stream()
                .map(vote -> vote.promise().voter())
                .sorted(Comparator.comparing(NodeProfile::address).thenComparing(NodeProfile::name))
                .limit(ControlLimits.FOUNDERS_MAX)
                .toList();
    }

    /** A seed accepted what was proposed. */
    void accepted(Accepted answer, int majority) {
        boolean isVoter = votes.values().stream()
                .anyMatch(vote -> vote.promise().voter().boot().equals(answer.voter()));
        if (phase == Phase.PROPOSING && answer.ballot().equals(ballot) && isVoter) {
            accepters.add(answer.voter());
            phase = accepters.size() >= majority ? Phase.CHOSEN : phase;
        }
    }

    /** A seed does not follow this ballot, or is not in the life any more in which it voted. */
    void denied(Denied answer, int majority) {
        if (!answer.ballot().equals(ballot)) {
            return;
        }
        FoundingBallot promised = answer.promised();
        if (promised != null && promised.isAbove(ballot)) {
            lose();
        } else if (phase == Phase.PROPOSING) {
            deniers.add(answer.voter());
            if (votes.size() - deniers.size() < majority) {
                lose();
            }
        }
    }

    /** The seeds to ask for their acceptance, or to tell of the ring: all that voted and did not accept, or all that voted. */
    List<Ask> asks() {
        List<Ask> asks = new ArrayList<>();
        Payload proposed = founding;
        for (Vote vote : votes.values()) {
            UUID life = vote.promise().voter().boot();
            if (proposed != null && phase == Phase.CHOSEN) {
                asks.add(new Ask(vote.from(), new FormRequest.Learn(proposed)));
            } else if (proposed != null && phase == Phase.PROPOSING && !accepters.contains(life)) {
                asks.add(new Ask(vote.from(), new FormRequest.Accept(ballot, life, proposed)));
            }
        }
        return asks;
    }
}
