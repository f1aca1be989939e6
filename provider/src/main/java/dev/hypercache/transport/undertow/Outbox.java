package dev.hypercache.transport.undertow;

import dev.hypercache.transport.undertow.wire.FrameMac;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * What waits to leave on one connection, and the writing of it.
 *
 * <p><b>Who writes.</b> Whoever adds to an outbox at rest becomes its writer: it fills one direct buffer and writes until
 * nothing waits; what others add meanwhile leaves with the next fill, many frames in one write. {@link #work} counts what was
 * added; raising it from 0 is what makes a thread the writer. So a quiet connection costs no hand-over and no lock, and a
 * busy one batches by itself. Channels that only their own thread may write to, as those of TLS, hand the writing over.
 *
 * <p><b>Stall.</b> When the network takes no more, the writer leaves without giving up its right; the connection's thread
 * inherits it with the event that there is room again.
 *
 * <p><b>Order.</b> First in, first out, but signs of life and good-byes go in front at the next frame's end. A large message
 * is cut into chunks by the {@link FrameCutter}, so that such a frame waits for one chunk at most.
 */
final class Outbox {

    private final MuxConnection connection;
    private final ConduitStreamSinkChannel sink;
    private final boolean writtenByIoThread;
    /** Bounded by the permits of the link, or by the requests whose replies wait here. */
    private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    /** Signs of life and good-byes: a few, and as many as one read buffer holds. */
    private final Queue<Outgoing> urgent = new ConcurrentLinkedQueue<>();

    private final AtomicInteger work = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile boolean finishing;
    private volatile long stalledSinceNanos;

    // What follows belongs to the writer.
    private final FrameCutter cutter = new FrameCutter();
    private final ByteBuffer buffer = cutter.buffer();
    private boolean writing;
    private int owed = 1;
    private boolean shut;

    Outbox(MuxConnection connection, ConduitStreamSinkChannel sink, boolean writtenByIoThread) {
        this.connection = connection;
        this.sink = sink;
        this.writtenByIoThread = writtenByIoThread;
    }

    /** From now on messages are compressed. */
    void compress(Compression with) {
        cutter.compress(with);
    }

    /** From now on frames are sealed, all but a challenge; called before the first of them is added. */
    void protect(FrameMac with) {
        cutter.protect(with);
    }

    /** Adds a message and sees that it leaves. */
    void send(Outgoing message) {
        hold(message);
        kick();
    }

    /** Adds a message that leaves with the next {@link #kick}. */
    void hold(Outgoing message) {
        waiting.incrementAndGet();
        queue.add(message);
        if (connection.isEnded()) {
            purge();
        }
    }

    /** Adds a message that overtakes the others. */
    void sendUrgently(Outgoing message) {
        urgent.add(message);
        kick();
    }

    /** What is urgent still leaves, then the channel is shut for writing. */
    void finish() {
        finishing = true;
        kick();
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return waiting.get() == 0 && work.get() == 0;
    }

    void kick() {
        if (work.getAndIncrement() == 0) {
            if (writtenByIoThread && !connection.isOnIoThread()) {
                connection.execute(this::write);
            } else {
                write();
            }
        }
    }

    boolean isStalled() {
        return stalledSinceNanos != 0;
    }

    /** Whether the network has taken nothing for so long though something waited. */
    boolean isStalled(long nowNanos, long forNanos) {
        long since = stalledSinceNanos;
        return since != 0 && nowNanos - since > forNanos;
    }

    /** There is room again; called by the connection's thread alone. */
    void resume() {
        sink.suspendWrites();
        if (stalledSinceNanos != 0) {
            stalledSinceNanos = 0;
            write();
        }
    }

    /** Only the writer calls this. On an error it stays the writer, so that nobody writes any more. */
    private void write() {
        try {
            do {
                if (!writeWaiting()) {
                    return;
                }
            } while (!release());
        } catch (IOException | RuntimeException e) {
            connection.broken(e);
        }
    }

    /** Gives up the right to write, unless something came meanwhile. */
    private boolean release() {
        int done = owed;
        owed = 1; // For the next writer; the count publishes it.
        int left = work.addAndGet(-done);
        if (left == 0) {
            return true;
        }
        owed = left;
        return false;
    }

    /** Writes until nothing waits; false if the network takes no more. */
    private boolean writeWaiting() throws IOException {
        while (writing || fill()) {
            if (!writing) {
                buffer.flip();
                writing = true;
            }
            int bytes = buffer.remaining();
            while (buffer.hasRemaining()) {
                if (sink.write(buffer) == 0) {
                    stall(bytes - buffer.remaining());
                    return false;
                }
            }
            connection.node().counters().sent(bytes, cutter.takeFrames());
            buffer.clear();
            writing = false;
        }
        if (!sink.flush()) { // TLS may hold the end of a record back, as if it were written.
            stall(0);
            return false;
        }
        if (finishing && !shut) {
            shut = true;
            sink.shutdownWrites();
            sink.flush();
        }
        return true;
    }

    private void stall(int bytesWritten) {
        connection.node().counters().sent(bytesWritten, 0);
        stalledSinceNanos = Math.max(1, System.nanoTime());
        sink.resumeWrites(); // The connection's thread may be the writer from here on.
    }

    /** Puts as many frames into the buffer as fit; false if none waits. */
    private boolean fill() {
        boolean more = true;
        while (more) {
            boolean room = cutter.hasRoomForUrgent();
            Outgoing next = room ? urgent.poll() : null;
            if (next != null) {
                cutter.putUrgent(next);
            } else {
                more = (room || urgent.isEmpty()) && !finishing && begin() && cutter.putChunk();
            }
        }
        return buffer.position() > 0;
    }

    /** Sees that there is a current message; false if none waits. */
    private boolean begin() {
        while (!cutter.isUnderWay()) {
            Outgoing next = queue.poll();
            if (next == null) {
                return false;
            }
            waiting.decrementAndGet();
            if (next.claim()) {
                next.encoded();
                cutter.begin(next);
            } else {
                next.unsent();
            }
        }
        return true;
    }

    /** The connection has ended: nothing that waits will leave. */
    void purge() {
        for (Outgoing next = queue.poll(); next != null; next = queue.poll()) {
            waiting.decrementAndGet();
            next.unsent();
        }
    }
}
