package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.Routing;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The holds of this node's callers on the keys of one slot: asked for until answered, renewed, carried to the next leader.
 *
 * <p>Bounded by the threads of the application, each of which waits for one hold at a time, or for those of one bulk operation. Confined to the slot.
 */
final class HoldSessions {

    private static final long REPEAT_MILLIS = 250;
    private static final long LEADERLESS_MILLIS = 30;
    /** So many hints are followed at once, for two nodes may each take the other one for the leader. */
    private static final int REDIRECTS_MAX = 3;

    private final int slot;
    private final SlotHost host;
    private final Routing routing;
    private final Outbox out;
    private final Map<Long, HoldSession> sessions = new LinkedHashMap<>();

    HoldSessions(int slot, SlotHost host, Routing routing, Outbox out) {
        this.slot = slot;
        this.host = host;
        this.routing = routing;
        this.out = out;
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** How many wait behind somebody. */
    int heldUp() {
        int waiting = 0;
        for (HoldSession session : sessions.values()) {
            waiting += session.queued && session.state == HoldSession.State.WAITING ? 1 : 0;
        }
        return waiting;
    }

    /** Asks the leader for a hold. */
    void begin(HoldSession session) {
        sessions.put(session.id(), session);
        ask(session);
    }

    private void ask(HoldSession session) {
        session.askedAtMillis = host.clock().steadyMillis();
        int leader = routing.leader(slot);
        session.target = leader == Rejected.NOBODY
                ? routing.configuration(slot).targets().get(0)
                : leader;
        HoldSession.Wish wish = session.wish();
        out.send(
                session.target,
                new AskHold(
                        slot,
                        session.id(),
                        host.client(),
                        wish.name(),
                        wish.kind(),
                        session.heldSince,
                        wish.waits(),
                        wish.breaksLoad() && session.heldSince == 0));
    }

    /** A message about a hold of this node's callers; false if it is about something else. */
    boolean receive(int from, Message message) {
        if (!(message instanceof HoldAnswer answer)) {
            return false;
        }
        on(from, answer);
        return true;
    }

    private void on(int from, HoldAnswer answer) {
        HoldSession session = sessions.get(answer.hold());
        if (session == null) {
            return;
        }
        switch (answer.state()) {
            case GRANTED:
                session.granted(answer.ballot(), answer.grant());
                break;
            case SERVED:
                session.loaded = answer.loaded();
                end(session, HoldSession.State.SERVED);
                break;
            case NOT_LEADER:
                redirected(session, from, answer.leader());
                break;
            case WAITING:
                session.heardAtMillis = host.clock().steadyMillis();
                session.queued = true;
                break;
            case OVERLOADED:
                end(session, HoldSession.State.OVERLOADED);
                break;
            default:
                boolean wasGranted = session.state == HoldSession.State.GRANTED;
                end(session, wasGranted ? HoldSession.State.BROKEN : HoldSession.State.REFUSED);
        }
    }

    private void redirected(HoldSession session, int from, int leader) {
        if (from != session.target) {
            return;
        }
        if (leader != Rejected.NOBODY && leader != from) {
            routing.heardOfLeader(slot, leader);
        }
        if (leader != Rejected.NOBODY && leader != from && session.redirects++ < REDIRECTS_MAX) {
            ask(session);
        } else {
            session.askedAtMillis = host.clock().steadyMillis() - REPEAT_MILLIS + LEADERLESS_MILLIS;
        }
    }

    private void end(HoldSession session, HoldSession.State state) {
        sessions.remove(session.id());
        session.become(state);
    }

    /** The thread needs its hold no more, or waits no longer. */
    void release(HoldSession session, @Nullable LoadResult loaded) {
        if (sessions.remove(session.id()) != null) {
            session.become(HoldSession.State.ENDED);
            out.send(
                    session.target,
                    new ReleaseHold(
                            slot, session.id(), host.client(), session.wish().name(), loaded));
        }
    }

    void tick(long now) {
        for (HoldSession session : sessions.values()) {
            if (now - session.askedAtMillis < REPEAT_MILLIS) {
                continue;
            }
            session.redirects = 0;
            if (session.heldSince != 0 && routing.leader(slot) == session.target) {
                session.askedAtMillis = now;
                out.send(
                        session.target,
                        new RenewHold(
                                slot,
                                session.id(),
                                host.client(),
                                session.wish().name()));
            } else {
                ask(session);
            }
        }
    }

    /** The node is closed: nobody waits. */
    void close() {
        for (HoldSession session : sessions.values()) {
            session.become(HoldSession.State.REFUSED);
        }
        sessions.clear();
    }
}
