package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.ReformMessage.Agreed;
import dev.hypercache.core.reform.ReformMessage.AskConsent;
import dev.hypercache.core.reform.ReformMessage.Consent;
import dev.hypercache.core.reform.ReformMessage.Propose;
import dev.hypercache.spi.RingId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt of one candidate: who consented, what the newest state is, who agreed. */
final class Candidate {

    private final RingId ring;
    private final ReformBallot ballot;
    private final Map<UUID, Consent> consents = new HashMap<>();
    private final Set<UUID> agreed = new HashSet<>();
    private ControlState newest;
    private @Nullable Agreed found;
    private @Nullable ReformDecision proposed;

    /** @param own what the candidate itself knows */
    Candidate(RingId ring, ReformBallot ballot, ControlState own) {
        this.ring = ring;
        this.ballot = ballot;
        this.newest = own;
    }

    ReformBallot ballot() {
        return ballot;
    }

    /** The newest state of all who consented so far. */
    ControlState newest() {
        return newest;
    }

    boolean hasConsentOf(UUID boot) {
        return consents.containsKey(boot);
    }

    /** @param state the sender's, null if it is not newer than the newest */
    void consented(UUID from, Consent consent, @Nullable ControlState state) {
        consents.put(from, consent);
        if (state != null && state.index() > newest.index()) {
            newest = state;
        }
        Agreed theirs = consent.agreed();
        if (theirs != null && (found == null || theirs.ballot().compareTo(found.ballot()) > 0)) {
            found = theirs;
        }
    }

    /** What is to be proposed: what was agreed to in the highest attempt before, for it may be decided; else the newest state. */
    ReformDecision choose(Deaths deaths) {
        if (found != null) {
            return found.decision();
        }
        UUID self = ballot.candidate();
        UUID id = new UUID(self.getMostSignificantBits() ^ ballot.round(), self.getLeastSignificantBits());
        return new ReformDecision(newest.index(), newest.encode(), id, deaths.reform(ring, newest.roster()));
    }

    /** Asks whoever has not consented, and proposes to whoever has not agreed. */
    void ask(Set<UUID> needed, Deaths deaths, ReformPort port) {
        for (UUID boot : needed) {
            boolean isOther = !boot.equals(ballot.candidate());
            if (isOther && !hasConsentOf(boot)) {
                port.send(boot, new AskConsent(ring, ballot, newest.index(), deaths.knowledge()));
            } else if (isOther && proposed != null && !hasAgreed(boot)) {
                port.send(boot, new Propose(ring, ballot, proposed));
            }
        }
    }

    @Nullable
    ReformDecision proposed() {
        return proposed;
    }

    void propose(ReformDecision decision) {
        proposed = decision;
    }

    void agreed(UUID from) {
        agreed.add(from);
    }

    boolean hasAgreed(UUID boot) {
        return agreed.contains(boot);
    }
}
