package dev.hypercache.transport.undertow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one thread that serves connections sends while it serves what it has read: messages are held, and each connection
 * that holds some is written once.
 *
 * <p>Frames that were read together are answered together, and on a ring most of what a frame causes goes to other
 * connections than its own: a write for each message would cost more than all the rest. Nothing is held longer than one
 * read takes to be served, nor longer than {@value #MESSAGES_MAX} messages of its own.
 *
 * <p>Other threads that send on connections of this one meanwhile leave the writing to it, too: it is awake and will write
 * soon, and their messages leave together. While it rests they write themselves.
 */
final class WriteBatch {

    private static final int MESSAGES_MAX = 64;

    /** At most one for each connection of the node. */
    private final List<Outbox> holders = new ArrayList<>();
    /** Those that other threads added to. */
    private final Set<Outbox> joined = ConcurrentHashMap.newKeySet();

    private volatile boolean open;
    private int held;

    /** What is sent from now on is held. As the rest but for {@link #join}, called by the thread itself. */
    void open() {
        open = true;
    }

    /** Whether messages are held. */
    boolean isOpen() {
        return open;
    }

    /** Sends a message with the others. */
    void hold(Outbox outbox, Outgoing message) {
        outbox.hold(message);
        if (!holders.contains(outbox)) {
            holders.add(outbox);
        }
        held++;
        if (held >= MESSAGES_MAX) {
            flush();
        }
    }

    /**
     * Sends a message of another thread with the others.
     *
     * @return false if the thread rests, and nothing was done
     */
    boolean join(Outbox outbox, Outgoing message) {
        if (!open) {
            return false;
        }
        outbox.hold(message);
        joined.add(outbox);
        if (!open) {
            outbox.kick(); // The thread may have looked before the message was there.
        }
        return true;
    }

    /** Writes what is held. */
    void flush() {
        held = 0;
        for (Outbox outbox : joined) {
            joined.remove(outbox); // First: what is added from here on adds the outbox again.
            outbox.kick();
        }
        for (int i = 0; i < holders.size(); i++) {
            holders.get(i).kick();
        }
        holders.clear();
    }

    /** Writes what is held; from now on messages leave at once. */
    void close() {
        open = false;
        flush();
    }
}
