package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.FrameMac;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts messages into the frames of one buffer, compresses messages, and seals frames where the connection has keys. Belongs to
 * the writer of an {@link Outbox}, so frames are sealed in the order in which they leave.
 *
 * <p>Each byte is copied once, into the direct buffer. A gathering write of a large value would copy as much: values lie on the
 * heap, from where the JDK copies them into a direct buffer of its own.
 */
final class FrameCutter {

    /** Bytes of the buffer; a frame is never larger, what closes it included. */
    private static final int BUFFER_BYTES = MuxHeader.FRAME_BYTES_MAX;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private volatile @Nullable Compression compression;
    private volatile @Nullable FrameMac mac;

    private int framesInBuffer;
    private @Nullable Outgoing current;
    private ByteBuffer head = MuxConnection.NOTHING;
    private ByteBuffer value = MuxConnection.NOTHING;
    private int currentFlags;
    private boolean first;

    /** From now on messages are compressed; called by any thread. */
    void compress(Compression with) {
        compression = with;
    }

    /** From now on frames are sealed; called by any thread. */
    void protect(FrameMac with) {
        mac = with;
    }

    /** Where the frames are; always the same one. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** The number of frames since the last time. */
    int takeFrames() {
        int frames = framesInBuffer;
        framesInBuffer = 0;
        return frames;
    }

    boolean hasRoomForUrgent() {
        return buffer.remaining() >= MuxHeader.BYTES + MuxConnection.URGENT_BYTES_MAX + FrameMac.BYTES;
    }

    /** Puts a frame for which there is room. */
    void putUrgent(Outgoing message) {
        int at = buffer.position();
        ByteBuffer body = message.frame().head().buffer();
        MuxHeader.put(buffer, body.remaining(), message.opcode(), message.flags(), message.status(), message.id());
        buffer.put(body);
        FrameMac with = mac;
        if (with != null && message.opcode() != MuxHeader.CHALLENGE) {
            with.seal(buffer, at); // Only the challenge comes before the peer can know the keys.
        }
        framesInBuffer++;
    }

    /** Whether a message has begun and not ended. */
    boolean isUnderWay() {
        return current != null;
    }

    /** Takes a message, when none is under way. */
    void begin(Outgoing message) {
        current = message;
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

    /** Puts the next chunk of the message under way; false if it does not fit into what is left of the buffer. */
    boolean putChunk() {
        Outgoing message = current;
        if (message == null) {
            return false;
        }
        FrameMac with = mac;
        int around = with == null ? MuxHeader.BYTES : MuxHeader.BYTES + FrameMac.BYTES;
        int rest = head.remaining() + value.remaining();
        boolean timed = first && message.opcode() == MuxHeader.CALL && (currentFlags & MuxHeader.RESPONSE) == 0;
        int fixed = timed ? MuxHeader.TIMEOUT_BYTES : 0;
        boolean whole = around + fixed + rest <= BUFFER_BYTES;
        boolean totalled = first && !whole;
        fixed += totalled ? MuxHeader.TOTAL_BYTES : 0;
        int chunk = whole ? rest : BUFFER_BYTES - around - fixed;
        if (buffer.remaining() < around + fixed + chunk) {
            return false;
        }
        int at = buffer.position();
        int flags = whole ? currentFlags : currentFlags | MuxHeader.MORE;
        MuxHeader.put(buffer, fixed + chunk, message.opcode(), flags, message.status(), message.id());
        if (timed) {
            buffer.putLong(message.remainingNanos());
        }
        if (totalled) {
            buffer.putInt(rest);
        }
        putBody(chunk);
        if (with != null) {
            with.seal(buffer, at);
        }
        framesInBuffer++;
        first = false;
        if (whole) {
            current = null;
        }
        return true;
    }

    private void putBody(int bytes) {
        int ofHead = Math.min(bytes, head.remaining());
        put(head, ofHead);
        put(value, bytes - ofHead);
    }

    private void put(ByteBuffer from, int bytes) {
        int limit = from.limit();
        buffer.put(from.limit(from.position() + bytes));
        from.limit(limit);
    }
}
