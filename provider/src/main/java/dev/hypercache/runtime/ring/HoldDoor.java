package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RequestTimeoutException;
import dev.hypercache.runtime.call.RingClient;
import java.util.ArrayList;
import java.util.List;

/** Where the threads of this node wait for holds on keys of one cache. */
final class HoldDoor {

    private final String cacheName;
    private final NodeParts node;

    HoldDoor(String cacheName, NodeParts node) {
        this.cacheName = cacheName;
        this.node = node;
    }

    /**
     * A hold, or one that is not granted if the key is taken and the wish is not to wait.
     *
     * @param timeoutMillis the longest wait; with {@link RingClient#NO_TIMEOUT} as long as a leader says that it is worth it
     * @throws RequestTimeoutException if the wait was too long or too many wait already
     */
    MemberHold get(HoldSession.Wish wish, long timeoutMillis) {
        return decided(begin(wish), timeoutMillis);
    }

    /** Holds on those of the keys that are free, in their order; the questions leave together. */
    List<Hold> tryAll(List<RecordKey> names, HoldKind kind) {
        List<HoldSession> sessions = new ArrayList<>(names.size());
        List<Hold> holds = new ArrayList<>(names.size());
        long endMillis = node.clock().steadyMillis() + node.timeoutMillis();
        try {
            node.links().together(() -> {
                for (RecordKey name : names) {
                    sessions.add(begin(new HoldSession.Wish(name, kind, false, false)));
                }
            });
            for (HoldSession session : sessions) {
                holds.add(decided(session, Math.max(0, endMillis - node.clock().steadyMillis())));
            }
            return holds;
        } catch (RuntimeException e) {
            holds.forEach(Hold::close);
            for (HoldSession session : sessions.subList(holds.size(), sessions.size())) {
                cellOf(session).withHolds(known -> known.release(session, null));
            }
            throw e;
        }
    }

    private SlotCell cellOf(HoldSession session) {
        return node.cells().of((KeyHash) session.wish().name().key());
    }

    private HoldSession begin(HoldSession.Wish wish) {
        HoldSession session =
                new HoldSession(node.holdIds().next(), wish, node.clock().steadyMillis());
        if (!cellOf(session).withHolds(holds -> holds.begin(session))) {
            throw closed();
        }
        return session;
    }

    private MemberHold decided(HoldSession session, long timeoutMillis) {
        SlotCell cell = cellOf(session);
        boolean isDecided = awaitDecision(session, timeoutMillis);
        if (session.queued) {
            node.metrics().holdWaited();
        }
        if (!isDecided) {
            cell.withHolds(holds -> holds.release(session, null));
            if (session.wish().waits()) {
                throw tooLong(timeoutMillis);
            }
        }
        return held(new MemberHold(session, cell, node.held()), session);
    }

    private boolean awaitDecision(HoldSession session, long timeoutMillis) {
        if (timeoutMillis != RingClient.NO_TIMEOUT) {
            return await(session, timeoutMillis);
        }
        while (!await(session, node.timeoutMillis())) {
            long silentMillis = node.clock().steadyMillis() - session.heardAtMillis;
            if (silentMillis > node.timeoutMillis() || Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }

    /** False if the leader has not decided within {@code millis}, or the thread was interrupted. */
    private boolean await(HoldSession session, long millis) {
        return node.callerWait().awaitInterruptibly(session, millis, session::isDecided);
    }

    private MemberHold held(MemberHold hold, HoldSession session) {
        if (hold.isGranted()) {
            node.held().add(hold); // If it is broken again already, that is for the holder's operation to find out.
        } else if (session.state == HoldSession.State.OVERLOADED) {
            node.metrics().holdRefused();
            throw new RequestTimeoutException("too many operations wait for one key of cache '" + cacheName
                    + "' already; its processor, loader or writer is slower than the requests for it. Make that code"
                    + " faster, or ask for the key less often");
        } else if (session.state == HoldSession.State.REFUSED && session.wish().waits()) {
            throw closed();
        }
        return hold;
    }

    private static RequestFailedException closed() {
        return new RequestFailedException("CLOSED", "the node is closed; get a new cache manager");
    }

    private RequestTimeoutException tooLong(long timeoutMillis) {
        String limit = timeoutMillis == RingClient.NO_TIMEOUT
                ? "its slot has had no leader for " + node.timeoutMillis() + " ms"
                : "it may wait " + timeoutMillis + " ms";
        return new RequestTimeoutException("the key is held by an entry processor, loader or writer of cache '"
                + cacheName + "', or cannot be had, for longer than this operation may wait (" + limit
                + ", or its thread was interrupted); it was not applied. Make that code faster or raise"
                + " hypercache.request.timeout");
    }
}
