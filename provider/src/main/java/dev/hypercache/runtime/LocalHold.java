package dev.hypercache.runtime;

import dev.hypercache.core.lead.HoldTicket;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.Loaded;
import dev.hypercache.runtime.call.RequestTimeoutException;
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

    /** So many wait for one key already that no more may. */
    static RequestTimeoutException tooManyWait(String cacheName, int waitersMax) {
        return new RequestTimeoutException(waitersMax + " operations wait for one key of cache '" + cacheName
                + "' already, and no more may; its processor, loader or writer is slower than the requests for it. Make"
                + " that code faster, or ask for the key less often");
    }

    /** A thread has waited for as long as it may. */
    static RequestTimeoutException tooLong(String cacheName, long timeoutMillis) {
        return new RequestTimeoutException("the key is held by an entry processor, loader or writer of cache '"
                + cacheName
                + "' for longer than this operation may wait (" + timeoutMillis + " ms, or its thread was interrupted);"
                + " it was not applied. Make that code faster or raise hypercache.request.timeout");
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
