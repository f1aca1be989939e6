package dev.hypercache.core.reform;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What survivors tell each other. Each message means one life of its receiver, by its boot, and no later one. */
public sealed interface ReformMessage {

    /** The generation that ends. */
    RingId ring();

    /**
     * Asks for consent to an attempt: to take part in the old generation no longer, and in no lower attempt.
     *
     * @param index the last change that the candidate knows: whoever knows more sends its state
     * @param knowledge which lives are dead
     */
    record AskConsent(RingId ring, ReformBallot ballot, long index, Knowledge knowledge) implements ReformMessage {}

    /**
     * Consents.
     *
     * @param index the last change that the sender knows, and the last that it will ever know of this generation; 0 if it came
     *     back and knows nothing
     * @param state the state at that index; empty unless the index is higher than the candidate's
     * @param knowledge which lives are dead, as far as the sender knows
     * @param agreed what the sender agreed to in the highest attempt so far; null if it agreed to nothing yet
     */
    record Consent(
            RingId ring,
            ReformBallot ballot,
            long index,
            Payload state,
            Knowledge knowledge,
            @Nullable Agreed agreed) implements ReformMessage {}

    /** An attempt has everybody's consent; here is how the next generation begins. */
    record Propose(RingId ring, ReformBallot ballot, ReformDecision decision) implements ReformMessage {}

    /** Agrees to a proposal. */
    record Agree(RingId ring, ReformBallot ballot) implements ReformMessage {}

    /** Has consented to a higher attempt. */
    record Refuse(RingId ring, ReformBallot ballot, ReformBallot promised) implements ReformMessage {}

    /** Everybody agreed: so the next generation begins. */
    record Decided(RingId ring, ReformDecision decision) implements ReformMessage {}

    /** Consented some time ago and heard nothing since: asks whether it is decided. */
    record AskDecided(RingId ring) implements ReformMessage {}

    /** A decision that was agreed to, and in which attempt. */
    record Agreed(ReformBallot ballot, ReformDecision decision) {}

    /**
     * Which lives of members are dead.
     *
     * @param dead their boots
     * @param returned the lives that came back in the place of dead ones, one of each name
     */
    record Knowledge(Set<UUID> dead, List<NodeProfile> returned) {

        /** Keeps unmodifiable copies. */
        public Knowledge {
            dead = Set.copyOf(dead);
            returned = List.copyOf(returned);
        }
    }
}
