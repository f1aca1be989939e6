package dev.hypercache.spi.membership;

import dev.hypercache.spi.NodeId;
import java.util.Objects;

/**
 * What one observer believes of one member.
 *
 * @param member the member, in the very incarnation that is meant
 * @param health how it seems to fare
 * @param observers how many distinct members are known to believe this, 1 or more; the log wants at least two before it
 *     removes a dead member
 */
public record MemberAdvice(NodeId member, MemberHealth health, int observers) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are fewer than 1 observers
     */
    public MemberAdvice {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(health, "health");
        if (observers < 1) {
            throw new IllegalArgumentException("observers is " + observers + ": whoever gives advice is one.");
        }
    }
}
