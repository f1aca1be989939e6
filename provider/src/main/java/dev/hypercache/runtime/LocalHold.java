package dev.hypercache.runtime;

import dev.hypercache.core.lead.HoldTicket;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.Loaded;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A hold of a thread of this process. */
final class LocalHold implements Hold, HoldTicket.Waiter, HeldKeys.Held {

    private final LocalClient client;
    private final Thread thread = Thread.currentThread();
    private final HoldTicket ticket;
    private volatile boolean proceeded;
    private boolean granted;
    private boolean ended;

    LocalHold(LocalClient client, Object key, HoldKind kind) {
        this.client = client;
        this.ticket = new HoldTicket(key, kind, thread, this);
    }

    HoldTicket ticket() {
        return ticket;
    }

    void granted() {
        granted = true;
    }

    @Override
    public void proceed() {
        proceeded = true;
        LockSupport.unpark(thread);
    }

    /**
     * Parks until the ticket proceeds.
     *
     * @return false if it did not within {@code millis}, or the thread was interrupted
     */
    boolean awaitMillis(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!proceeded) {
            long left = end - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return proceeded;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    @Override
    public boolean isGranted() {
        return granted;
    }

    @Override
    public @Nullable Loaded served() {
        return (Loaded) ticket.result();
    }

    @Override
    public void release(@Nullable Loaded loaded) {
        if (!ended) {
            client.release(ticket, loaded);
            ended();
        }
    }

    /** The hold was given back with the operation that it was for. */
    void ended() {
        ended = true;
        if (granted) {
            client.ended(this);
        }
    }

    @Override
    public boolean isIntact() {
        return client.isIntact(ticket);
    }
}
