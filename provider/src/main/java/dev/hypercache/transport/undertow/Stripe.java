package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.CallFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the places for a connection with a peer; a lane always uses the same one.
 *
 * <p>Without a connection the first message dials, and what comes meanwhile waits in order. After a failure messages fail at
 * once for a while that is drawn from nothing to a bound, which doubles with each failure in a row: so nodes that lost the
 * same peer do not come back at the same moment.
 *
 * <p>Handlers are told outside of the lock: they may take locks whose holders call.
 */
final class Stripe {

    /** A connection that lived shorter is a failure, too: else a peer that drops everyone would be dialled without pause. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int DOUBLINGS_MAX = 20;

    private final MuxLink link;
    private final int index;
    /** Bounded by the permits of the link. */
    private final Deque<Outgoing> waiting = new ArrayDeque<>();

    private volatile @Nullable DialledSide open;
    private @Nullable DialAttempt attempt;
    private @Nullable CallFailure lastFailure;
    private int failures;
    private long retryAtNanos;
    private long openedNanos;
    private boolean wasOpen;
    private boolean redialDue;
    private boolean closed;

    Stripe(MuxLink link, int index) {
        this.link = link;
        this.index = index;
    }

    int index() {
        return index;
    }

    MuxLink link() {
        return link;
    }

    /**
     * Sends a message, or lets it wait for a connection.
     *
     * @return null, or why it will not be sent: then the message still has to be told
     */
    @Nullable
    CallFailure send(Outgoing message) {
        DialledSide side = open;
        if (side == null || !side.isOpen()) {
            CallFailure failure;
            synchronized (this) {
                side = open;
                boolean usable = side != null && side.isOpen();
                failure = usable ? null : await(message);
                side = usable ? side : null;
            }
            if (side == null) {
                return failure;
            }
        }
        return side.send(message);
    }

    private @Nullable CallFailure await(Outgoing message) {
        CallFailure failure = null;
        if (closed) {
            failure = new CallFailure.Closed();
        } else if (attempt == null) {
            failure = isResting() ? lastFailure : null;
            if (failure == null) {
                dial();
                failure = attempt == null ? lastFailure : null;
            }
        }
        if (failure != null) {
            message.unsent();
            return failure;
        }
        waiting.add(message);
        return null;
    }

    private boolean isResting() {
        return failures > 0 && retryAtNanos - System.nanoTime() > 0;
    }

    private void dial() {
        DialAttempt made = new DialAttempt(this);
        attempt = made;
        made.start();
    }

    /** Whether anything was ever sent here. */
    synchronized boolean isUsed() {
        return wasOpen || attempt != null;
    }

    /** Dials anew, whatever happened before. */
    synchronized void redial() {
        if (!closed && attempt == null) {
            dial();
        }
    }

    /** Gives up the connection, and dials anew. */
    void reconnect() {
        DialledSide side;
        synchronized (this) {
            side = open;
            open = null;
        }
        if (side != null) {
            side.connection().end(EndCause.CLOSED, "given up to connect anew", true);
        }
        redial();
    }

    /** The peer and this node have greeted each other; on the connection's thread, which sends what is held for it. */
    void opened(DialledSide side) {
        Map<Outgoing, CallFailure> failed = new LinkedHashMap<>();
        boolean isWanted;
        synchronized (this) {
            isWanted = !closed && attempt != null && attempt.made(side);
            if (isWanted) {
                take(side, failed);
            }
        }
        if (!isWanted) {
            side.connection().end(EndCause.CLOSED, "nobody wants the connection any more", true);
        }
        failed.forEach(Outgoing::refused);
    }

    private void take(DialledSide side, Map<Outgoing, CallFailure> failed) {
        attempt = null;
        redialDue = false;
        for (Outgoing next = waiting.poll(); next != null; next = waiting.poll()) {
            CallFailure failure = side.send(next);
            if (failure != null) {
                failed.put(next, failure);
            }
        }
        open = side;
        openedNanos = System.nanoTime();
        if (wasOpen) {
            link.node().counters().reconnected();
        }
        wasOpen = true;
    }

    /**
     * Nothing new is begun on a connection; what is pending may still be answered. A client dials anew by itself, since a member that
     * has something to say to it cannot.
     */
    synchronized void leaving(DialledSide side) {
        if (open == side) {
            open = null;
            redialDue = link.node().options().isClient();
            redialIfDue(System.nanoTime());
        }
    }

    /** At most once for each time in which a connection would be steady. */
    private void redialIfDue(long nowNanos) {
        if (redialDue && nowNanos - openedNanos >= STEADY_NANOS) {
            redialDue = false;
            redial();
        }
    }

    /** Whether another connection has taken the place of this one, so that what still comes on it would come too late. */
    boolean hasReplaced(DialledSide side) {
        DialledSide now = open;
        return now != null && now != side;
    }

    /** A connection came to nothing, or to its end. */
    void failed(DialledSide side, CallFailure failure) {
        List<Outgoing> lost = List.of();
        synchronized (this) {
            DialAttempt dialling = attempt;
            if (dialling != null && dialling.made(side)) {
                lost = fail(failure);
            } else if (open == side) {
                open = null;
                rest(failure, System.nanoTime() - openedNanos < STEADY_NANOS);
            }
        }
        tell(lost, failure);
    }

    /** Dialling came to nothing. */
    void failed(DialAttempt dialled, CallFailure failure) {
        List<Outgoing> lost = List.of();
        synchronized (this) {
            if (attempt == dialled) {
                lost = fail(failure);
            }
        }
        tell(lost, failure);
    }

    private List<Outgoing> fail(CallFailure failure) {
        attempt = null;
        rest(failure, true);
        return takeWaiting();
    }

    private List<Outgoing> takeWaiting() {
        List<Outgoing> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private void rest(CallFailure failure, boolean isAFailure) {
        lastFailure = failure;
        failures = isAFailure ? Math.min(failures + 1, DOUBLINGS_MAX) : 0;
        if (failures > 0) {
            MuxSettings settings = link.node().settings();
            long bound = Math.min(settings.backOffMostNanos(), settings.backOffLeastNanos() << (failures - 1));
            retryAtNanos = System.nanoTime() + ThreadLocalRandom.current().nextLong(bound + 1);
        }
    }

    private static void tell(List<Outgoing> messages, CallFailure failure) {
        for (Outgoing message : messages) {
            message.unsent();
            message.refused(failure);
        }
    }

    /** Gives up the peer. */
    void close(String detail) {
        DialledSide side;
        DialAttempt dialling;
        List<Outgoing> lost;
        synchronized (this) {
            closed = true;
            side = open;
            dialling = attempt;
            open = null;
            attempt = null;
            lost = takeWaiting();
        }
        if (dialling != null) {
            dialling.cancel();
        }
        if (side != null) {
            side.connection().end(EndCause.CLOSED, detail, true);
        }
        tell(lost, new CallFailure.ConnectionLost(false, detail));
    }

    /** Dials if that is due, and times out what waits too long for a connection; tells whether something waits. */
    boolean expire(long nowNanos) {
        List<PendingCall> over = new ArrayList<>();
        boolean isWaiting;
        synchronized (this) {
            redialIfDue(nowNanos);
            isWaiting = !waiting.isEmpty();
            for (Outgoing message : waiting) {
                if (message instanceof PendingCall call && call.isOver(nowNanos)) {
                    over.add(call);
                }
            }
        }
        over.forEach(PendingCall::timeOut);
        return isWaiting;
    }
}
