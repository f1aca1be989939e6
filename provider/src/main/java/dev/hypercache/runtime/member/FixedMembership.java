package dev.hypercache.runtime.member;

import dev.hypercache.core.member.Respondent;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Message;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.membership.MembershipListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Says that everybody is alive, which is what counts as long as nothing else is said: so it says nothing.
 *
 * <p>It still answers those who probe this node and refutes what they suspect; a ring may have nodes of both kinds.
 */
public final class FixedMembership implements NodeMembership {

    private final Ground ground;
    private final List<Letter> letters = new ArrayList<>();
    private final Respondent respondent;
    private boolean started;
    private boolean closed;

    private FixedMembership(Ground ground) {
        this.ground = ground;
        this.respondent = new Respondent(ground.self(), (to, message) -> letters.add(new Letter(to, message)));
    }

    /** Makes one. */
    public static FixedMembership create(Ground ground) {
        return new FixedMembership(Objects.requireNonNull(ground, "ground"));
    }

    @Override
    public synchronized void start(MembershipListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (started || closed) {
            throw new IllegalStateException("a membership is started once, and not after it was closed");
        }
        started = true;
    }

    @Override
    public synchronized void watch(Collection<Peer> members) {
        Objects.requireNonNull(members, "members");
        if (!started) {
            throw new IllegalStateException("a membership is started before it watches anybody");
        }
    }

    @Override
    public void tick() {}

    @Override
    public boolean receive(int sender, Message message) {
        if (!(message instanceof GossipMessage gossip)) {
            return false;
        }
        for (Letter letter : answersTo(sender, gossip)) {
            ground.out().send(letter.to(), letter.message());
        }
        return true;
    }

    private synchronized List<Letter> answersTo(int sender, GossipMessage gossip) {
        if (!started || closed) {
            return List.of();
        }
        respondent.receive(sender, gossip);
        List<Letter> leaving = List.copyOf(letters);
        letters.clear();
        return leaving;
    }

    @Override
    public void heard(int member) {}

    @Override
    public void lost(int member) {}

    @Override
    public synchronized void close() {
        closed = true;
    }
}
