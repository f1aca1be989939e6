package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
 * is cut into chunks, so that such a frame waits for one chunk at most.
 *
 * <p><b>Copies.</b> Each byte is copied once, into the direct buffer. A gathering write of a large value would copy as much:
 * values lie on the heap, from where the JDK copies them into a direct buffer of its own.
 */
final class Outbox {

    /** Bytes of the buffer; a frame is never larger. */
    private static final int BUFFER_BYTES = MuxHeader.FRAME_BYTES_MAX;

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
    private volatile @Nullable Compression compression;

    // What follows belongs to the writer.
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean writing;
    private int framesInBuffer;
    private int owed = 1;
    private @Nullable Outgoing current;
    private ByteBuffer head = MuxConnection.NOTHING;
    private ByteBuffer value = MuxConnection.NOTHING;
    private int currentFlags;
    private boolean first;
    private boolean shut;

    Outbox(MuxConnection connection, ConduitStreamSinkChannel sink, boolean writtenByIoThread) {
        this.connection = connection;
        this.sink = sink;
        this.writtenByIoThread = writtenByIoThread;
    }

    /** From now on messages are compressed. */
    void compress(Compression with) {
        compression = with;
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
            connection.node().counters().sent(bytes, framesInBuffer);
            framesInBuffer = 0;
            buffer.clear();
            writing = false;
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
            boolean room = buffer.remaining() >= MuxHeader.BYTES + MuxConnection.URGENT_BYTES_MAX;
            Outgoing next = room ? urgent.poll() : null;
            if (next != null) {
                putSmall(next);
            } else {
                more = (room || urgent.isEmpty()) && !finishing && begin() && putChunk();
            }
        }
        return buffer.position() > 0;
    }

    private void putSmall(Outgoing message) {
        ByteBuffer body = message.frame().head().buffer();
        MuxHeader.put(buffer, body.remaining(), message.opcode(), message.flags(), message.status(), message.id());
        buffer.put(body);
        framesInBuffer++;
    }

    /** Sees that there is a current message; false if none waits. */
    private boolean begin() {
        while (current == null) {
            Outgoing next = queue.poll();
            if (next == null) {
                return false;
            }
            waiting.decrementAndGet();
            if (next.claim()) {
                next.encoded();
                current = next;
                open(next);
            } else {
                next.unsent();
            }
        }
        return true;
    }

    private void open(Outgoing message) {
        Frame frame = message.frame();
        first = true;
        currentFlags = message.flags();
        Compression with = compression;
        ByteBuffer block = with == null ? null : with.compress(frame);
        if (block != null) {
            currentFlags |= MuxHeader.COMPRESSED;
            head = block;
            value = MuxConnection.NOTHING;
        } else {
            head = frame.head().buffer();
            value = frame.value().buffer();
        }
    }

    /** Puts the next chunk of the current message; false if it does not fit into what is left of the buffer. */
    private boolean putChunk() {
        Outgoing message = current;
        if (message == null) {
            return false;
        }
        int rest = head.remaining() + value.remaining();
        boolean timed = first && message.opcode() == MuxHeader.CALL && (currentFlags & MuxHeader.RESPONSE) == 0;
        int fixed = timed ? MuxHeader.TIMEOUT_BYTES : 0;
        boolean whole = MuxHeader.BYTES + fixed + rest <= BUFFER_BYTES;
        boolean totalled = first && !whole;
        fixed += totalled ? MuxHeader.TOTAL_BYTES : 0;
        int chunk = whole ? rest : BUFFER_BYTES - MuxHeader.BYTES - fixed;
        if (buffer.remaining() < MuxHeader.BYTES + fixed + chunk) {
            return false;
        }
        int flags = whole ? currentFlags : currentFlags | MuxHeader.MORE;
        MuxHeader.put(buffer, fixed + chunk, message.opcode(), flags, message.status(), message.id());
        if (timed) {
            buffer.putLong(message.remainingNanos());
        }
        if (totalled) {
            buffer.putInt(rest);
        }
        int ofHead = Math.min(chunk, head.remaining());
        put(head, ofHead);
        put(value, chunk - ofHead);
        framesInBuffer++;
        first = false;
        if (whole) {
            current = null;
        }
        return true;
    }

    private void put(ByteBuffer from, int bytes) {
        int limit = from.limit();
        buffer.put(from.limit(from.position() + bytes));
        from.limit(limit);
    }

    /** The connection has ended: nothing that waits will leave. */
    void purge() {
        for (Outgoing next = queue.poll(); next != null; next = queue.poll()) {
            waiting.decrementAndGet();
            next.unsent();
        }
    }
}
