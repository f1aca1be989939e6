package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.ReformMessage.Agreed;
import dev.hypercache.core.reform.ReformMessage.Refuse;
import dev.hypercache.spi.RingId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one life has promised and agreed to; it forgets nothing as long as it lives. */
final class ReformVoter {

    private final RingId ring;
    private final ReformPort port;
    private @Nullable ControlState frozen;
    private @Nullable ReformBallot promised;
    private @Nullable Agreed agreed;

    ReformVoter(RingId ring, ReformPort port) {
        this.ring = ring;
        this.port = port;
    }

    /** Whether it takes part in the old generation no longer. */
    boolean isFrozen() {
        return frozen != null;
    }

    /** From now on it takes part in the old generation no longer; with what it knows of that. */
    ControlState freeze() {
        ControlState known = frozen;
        if (known == null) {
            known = port.freeze();
            frozen = known;
        }
        return known;
    }

    /** From now on it has no part in lower attempts. */
    void promise(ReformBallot ballot) {
        promised = ballot;
    }

    boolean hasPromised(ReformBallot ballot) {
        return ballot.equals(promised);
    }

    /** Refuses an attempt, and says so, if it has promised a higher one. */
    boolean refuses(UUID from, ReformBallot ballot) {
        ReformBallot mine = promised;
        if (mine == null || ballot.compareTo(mine) >= 0) {
            return false;
        }
        port.send(from, new Refuse(ring, ballot, mine));
        return true;
    }

    void agree(Agreed to) {
        agreed = to;
    }

    /** What it agreed to in the highest attempt so far. */
    @Nullable
    Agreed agreed() {
        return agreed;
    }
}
