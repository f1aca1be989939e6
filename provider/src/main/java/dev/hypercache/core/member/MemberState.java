package dev.hypercache.core.member;

import dev.hypercache.core.message.Belief;
import dev.hypercache.spi.membership.MemberHealth;
import org.jspecify.annotations.Nullable;

/** One member as this node sees it. */
final class MemberState {

    private Belief belief;
    private @Nullable Suspicion suspicion;
    private long changedMillis;
    private long toldMillis;

    /** One of which nothing is known, and which so counts as alive. */
    MemberState(int member, long now, long toldMillis) {
        this.belief = Belief.alive(member, 0);
        this.changedMillis = now;
        this.toldMillis = toldMillis;
    }

    Belief belief() {
        return belief;
    }

    MemberHealth health() {
        return belief.health();
    }

    void believe(Belief later, long now) {
        boolean isChanged = later.health() != belief.health() || later.refutations() != belief.refutations();
        if (isChanged) {
            changedMillis = now;
            suspicion = later.health() == MemberHealth.SUSPECT ? new Suspicion(now) : null;
        }
        belief = later;
    }

    /** Since when it has been in its health. */
    long changedMillis() {
        return changedMillis;
    }

    boolean isSuspicionOver(long timeoutMillis, long now) {
        return suspicion != null && suspicion.isOver(timeoutMillis, now);
    }

    void postpone(long millis) {
        if (suspicion != null) {
            suspicion.postpone(millis);
        }
    }

    /** When it was last told what this node believes of it. */
    long toldMillis() {
        return toldMillis;
    }

    void told(long now) {
        toldMillis = now;
    }
}
