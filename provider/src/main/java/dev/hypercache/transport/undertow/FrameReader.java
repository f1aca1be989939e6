package dev.hypercache.transport.undertow;

import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.undertow.wire.Assembly;
import dev.hypercache.transport.undertow.wire.FrameMac;
import dev.hypercache.transport.undertow.wire.LzBlock;
import dev.hypercache.transport.undertow.wire.MuxException;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * What was received on one connection: cuts it into frames, opens what is sealed, puts chunks together, refuses what breaks the
 * protocol. Belongs to the connection's thread. On a connection with keys nothing of a frame but its length counts before its MAC
 * is verified.
 *
 * <p>The buffer is small until both ends have greeted each other: who says nothing sensible costs little.
 */
final class FrameReader {

    private static final int GREETING_BYTES_MAX = 2 * 1024;

    private final MuxConnection connection;
    private final Assembly assembly;

    private ByteBuffer in = ByteBuffer.allocateDirect(GREETING_BYTES_MAX);
    private int received;
    private boolean filled;
    private @Nullable FrameMac mac;
    private boolean challengeAwaited;
    private boolean greeted;
    private boolean paused;
    private int messageFlags;
    private long messageTimeoutNanos;
    private long messageBeganNanos;

    FrameReader(MuxConnection connection) {
        this.connection = connection;
        this.assembly = new Assembly(connection.node().options().frameBytesMax());
    }

    /** Reads what fits; as {@link java.nio.channels.ReadableByteChannel#read}. */
    int read(ConduitStreamSourceChannel source) throws IOException {
        int bytes = source.read(in);
        filled = !in.hasRemaining();
        received = Math.max(0, bytes);
        return bytes;
    }

    /** Whether the last read filled the buffer, so that there may be more. */
    boolean wasFilled() {
        return filled;
    }

    /** Reads and drops what there is; true once the peer has closed its direction. */
    boolean dropAll(ConduitStreamSourceChannel source) {
        try {
            int bytes;
            do {
                in.clear();
                bytes = source.read(in);
            } while (bytes > 0);
            return bytes < 0;
        } catch (IOException gone) {
            return true;
        }
    }

    /** Whether frames wait. */
    boolean isPaused() {
        return paused;
    }

    void pause(boolean on) {
        paused = on;
    }

    /** Hands out every whole frame that has been read. */
    void serve() throws MuxException {
        in.flip();
        int frames = 0;
        int frameBytes = MuxHeader.frameBytes(in);
        while (frameBytes != 0 && !paused && !connection.isEnded()) {
            int at = in.position();
            int limit = in.limit();
            in.limit(at + frameBytes).position(at + MuxHeader.BYTES);
            takeFrame(at);
            in.limit(limit).position(at + frameBytes);
            frames++;
            frameBytes = MuxHeader.frameBytes(in);
        }
        in.compact();
        if (greeted && in.capacity() < MuxHeader.FRAME_BYTES_MAX) {
            in = ByteBuffer.allocateDirect(MuxHeader.FRAME_BYTES_MAX).put(in.flip());
        }
        if (!in.hasRemaining() && !paused) {
            throw new MuxException("a greeting of more than " + GREETING_BYTES_MAX + " bytes");
        }
        connection.node().counters().received(received, frames);
        received = 0;
    }

    /** Nothing may come before a challenge. */
    void awaitChallenge() {
        challengeAwaited = true;
    }

    /** From now on frames are authentic, or a breach. */
    void protect(FrameMac with) {
        mac = with;
        challengeAwaited = false;
    }

    private void takeFrame(int at) throws MuxException {
        int opcode = MuxHeader.opcode(in, at);
        int flags = MuxHeader.flags(in, at);
        int status = MuxHeader.status(in, at);
        long id = MuxHeader.id(in, at);
        FrameMac with = mac;
        if (with != null) {
            requireAuthentic(with, at);
            flags &= ~MuxHeader.MAC;
        }
        if ((flags & ~MuxHeader.FLAGS_KNOWN) != 0) {
            throw new MuxException("flags " + Integer.toHexString(flags) + " that this version does not know");
        }
        requireItsTurn(opcode);
        switch (opcode) {
            case MuxHeader.CALL, MuxHeader.POST -> takeMessage(opcode, flags, status, id);
            case MuxHeader.CHALLENGE, MuxHeader.HELLO, MuxHeader.PING ->
                connection.side().take(opcode, flags, status, id, 0, in);
            case MuxHeader.GOAWAY -> {
                connection.peerLeaves();
                connection.side().take(opcode, flags, status, id, 0, in);
            }
            default -> throw new MuxException("opcode " + opcode + " that this version does not know");
        }
    }

    private void requireAuthentic(FrameMac with, int at) throws MuxException {
        try {
            with.open(in, at);
        } catch (MuxException forged) {
            PeerAudit.reject(connection, Rejection.SIGNATURE, String.valueOf(forged.getMessage()));
            throw forged;
        }
    }

    private void requireItsTurn(int opcode) throws MuxException {
        if (challengeAwaited != (opcode == MuxHeader.CHALLENGE)) {
            throw new MuxException(
                    challengeAwaited ? "a frame before the challenge" : "a challenge that nobody awaits");
        }
        boolean isEver = opcode == MuxHeader.CHALLENGE || opcode == MuxHeader.GOAWAY;
        if (!isEver && greeted == (opcode == MuxHeader.HELLO)) {
            throw new MuxException(greeted ? "a second greeting" : "a frame before the greeting");
        }
    }

    private void takeMessage(int opcode, int flags, int status, long id) throws MuxException {
        boolean more = (flags & MuxHeader.MORE) != 0;
        if (assembly.isUnderWay()) {
            ByteBuffer whole = assembly.add(opcode, id, in, !more);
            if (whole != null) {
                long tookNanos = System.nanoTime() - messageBeganNanos;
                connection.side().take(opcode, messageFlags, status, id, messageTimeoutNanos - tookNanos, whole);
            }
            return;
        }
        messageFlags = flags & ~MuxHeader.MORE;
        messageTimeoutNanos = 0;
        if (opcode == MuxHeader.CALL && (flags & MuxHeader.RESPONSE) == 0) {
            if (in.remaining() < MuxHeader.TIMEOUT_BYTES) {
                throw new MuxException("a request without its time");
            }
            messageTimeoutNanos = in.getLong();
        }
        if (more) {
            messageBeganNanos = System.nanoTime();
            assembly.begin(opcode, id, in);
        } else {
            connection.side().take(opcode, messageFlags, status, id, messageTimeoutNanos, in);
        }
    }

    /** Both know who the other is: from now on everything but greetings may come. */
    void greeted() {
        greeted = true;
    }

    /** The bytes of a message, decompressed if they are compressed. */
    ByteBuffer plain(ByteBuffer body, int flags) throws MuxException {
        if ((flags & MuxHeader.COMPRESSED) == 0) {
            return body;
        }
        LzBlock compression = connection.node().compression();
        if (compression == null) {
            throw new MuxException("a compressed message, though this node did not say that it reads such");
        }
        return compression.decompress(body, connection.node().options().frameBytesMax());
    }
}
