package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.Assembly;
import dev.hypercache.transport.undertow.wire.LzBlock;
import dev.hypercache.transport.undertow.wire.MuxException;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

/**
 * A connection that exchanges frames: reads them on the one thread that it is bound to, hands them to its {@link Side}, and
 * sends through its {@link Outbox}.
 *
 * <p><b>Reading.</b> One read, then all frames in it, then one write of all that they were answered with. A read that did
 * not fill the buffer took all there was, so the next one waits for an event; only TLS is asked until it has nothing.
 *
 * <p><b>End.</b> Once and for all, by whichever side finds a reason. After a good-bye it lingers: what it said last must
 * reach the peer, which a close with unread bytes would prevent, so it shuts its own direction and drops what comes until the
 * peer has closed, too, or a second is over.
 */
final class MuxConnection {

    /** No bytes. */
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** The most bytes of an urgent frame behind its header. */
    static final int URGENT_BYTES_MAX = 2 * 1024;

    /** Bytes of the buffer before both have greeted each other: who says nothing sensible costs little. */
    private static final int GREETING_BYTES_MAX = 2 * 1024;

    private static final long LINGER_NANOS = 1_000_000_000;

    /** What one end of a connection does with what arrives. Called on the connection's thread. */
    interface Side {

        /**
         * A whole message, or a frame without chunks.
         *
         * @param timeoutNanos how long the peer still waits for an answer; 0 if it wants none
         */
        void take(int opcode, int flags, int status, long id, long timeoutNanos, ByteBuffer body) throws MuxException;

        /** The connection is gone; called once. */
        void ended(EndCause cause, String detail);

        /** Time has passed; called by the transport's timer. Tells whether calls are pending. */
        boolean tick(long nowNanos);

        /** Whether what the peer does not take must keep this node from reading more. */
        boolean readsOnlyWhenWritten();
    }

    /** Why a connection ended. */
    enum EndCause {
        /** The peer's side broke off. */
        RESET,
        /** The peer had said good-bye. */
        GOODBYE,
        /** This side closed it. */
        CLOSED,
        /** The peer was silent, or took nothing, for too long. */
        SILENCE,
        /** The peer broke the protocol. */
        BREACH,
        /** One of both does not talk to the other. */
        REFUSED
    }

    private final MuxNode node;
    private final StreamConnection channel;
    private final XnioIoThread ioThread;
    private final ConduitStreamSourceChannel source;
    private final Outbox outbox;
    private final Assembly assembly;
    private final boolean secured;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Side side;

    private volatile long heardNanos;
    private volatile long lingerUntilNanos;
    private volatile boolean leaving;
    private volatile boolean peerLeaving;
    /** Written by the connection's thread alone. */
    private volatile boolean inBatch;

    // What follows belongs to the connection's thread.
    private ByteBuffer in = ByteBuffer.allocateDirect(GREETING_BYTES_MAX);
    private boolean greeted;
    private boolean held;
    private boolean paused;
    private int messageFlags;
    private long messageTimeoutNanos;
    private long messageBeganNanos;

    /** Makes a connection of a channel that nobody else reads or writes any more; on the channel's thread. */
    MuxConnection(MuxNode node, StreamConnection channel, SideFactory sides) {
        this.node = node;
        this.channel = channel;
        this.ioThread = channel.getIoThread();
        this.source = channel.getSourceChannel();
        this.secured = channel instanceof SslConnection;
        this.outbox = new Outbox(this, channel.getSinkChannel(), secured);
        this.assembly = new Assembly(node.options().frameBytesMax());
        this.heardNanos = System.nanoTime();
        this.side = sides.sideOf(this);
    }

    /** Makes the side of a connection that is being made. */
    interface SideFactory {

        Side sideOf(MuxConnection connection);
    }

    /** Begins to read, with what arrived already. */
    void start() {
        node.add(this);
        source.setReadListener(ready -> readBatch());
        channel.getSinkChannel().setWriteListener(ready -> writable());
        source.resumeReads();
        readBatch();
    }

    MuxNode node() {
        return node;
    }

    Counters counters() {
        return node.counters();
    }

    Side side() {
        return side;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean isEnded() {
        return ended.get();
    }

    /** Whether frames are being served right now. */
    boolean isServing() {
        return inBatch;
    }

    boolean isOnIoThread() {
        return Thread.currentThread() == ioThread;
    }

    long heardNanos() {
        return heardNanos;
    }

    /** Whether the peer has said that it begins nothing new. */
    boolean isPeerLeaving() {
        return peerLeaving;
    }

    String peerAddress() {
        return String.valueOf(channel.getPeerAddress());
    }

    /** Runs something on the connection's thread: at once if this is that thread, or if the thread is no more. */
    void execute(Runnable task) {
        if (isOnIoThread()) {
            task.run();
            return;
        }
        try {
            ioThread.execute(task);
        } catch (RejectedExecutionException gone) {
            task.run();
        }
    }

    /** Sends a message: at once, or at the end of the frames that are being served by this very thread. */
    void send(Outgoing message) {
        if (isOnIoThread() && inBatch) {
            held = true;
            outbox.hold(message);
        } else {
            outbox.send(message);
        }
    }

    /** Sends a frame that overtakes messages. */
    void sendUrgently(int opcode, int flags, int status, long id, ByteBuffer body) {
        Frame frame = body.hasRemaining() ? Frame.of(new Payload(body)) : Frame.of(Payload.EMPTY);
        outbox.sendUrgently(new Urgent(opcode, flags, status, id, frame));
    }

    private static final class Urgent extends Outgoing {

        private final long id;

        Urgent(int opcode, int flags, int status, long id, Frame frame) {
            super(opcode, flags, status, frame);
            this.id = id;
        }

        @Override
        long id() {
            return id;
        }
    }

    /** Tells the peer that nothing new is begun here. */
    void goAway() {
        if (!leaving) {
            leaving = true;
            sendUrgently(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, 0, NOTHING);
        }
    }

    private void readBatch() {
        try {
            inBatch = true;
            boolean more = !paused;
            while (more) {
                more = readOnce();
            }
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException | Error e) {
            broken(e);
            Listening.report(e);
        } finally {
            inBatch = false;
            flushBatch();
        }
    }

    private void flushBatch() {
        if (!isEnded()) {
            if (held) {
                held = false;
                outbox.kick();
            }
            if (side.readsOnlyWhenWritten() && outbox.isStalled()) {
                source.suspendReads();
            }
        }
    }

    /** Reads once and serves what came; tells whether there may be more. */
    private boolean readOnce() throws IOException {
        if (isEnded()) {
            discard();
            return false;
        }
        int room = in.remaining();
        int bytes = source.read(in);
        if (bytes < 0) {
            end(peerLeaving ? EndCause.GOODBYE : EndCause.RESET, "the peer closed the connection", false);
            return false;
        }
        if (bytes > 0) {
            heardNanos = node.nowNanos();
        }
        serve(bytes);
        return !paused && bytes > 0 && (secured || bytes == room) && !outbox.isStalled();
    }

    private void serve(int bytes) throws MuxException {
        in.flip();
        int frames = 0;
        int frameBytes = MuxHeader.frameBytes(in);
        while (frameBytes != 0 && !paused && !isEnded()) {
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
        counters().received(bytes, frames);
    }

    private void takeFrame(int at) throws MuxException {
        int opcode = MuxHeader.opcode(in, at);
        int flags = MuxHeader.flags(in, at);
        int status = MuxHeader.status(in, at);
        long id = MuxHeader.id(in, at);
        if ((flags & ~MuxHeader.FLAGS_KNOWN) != 0) {
            throw new MuxException("flags " + Integer.toHexString(flags) + " that this version does not know");
        }
        if (greeted == (opcode == MuxHeader.HELLO)) {
            throw new MuxException(greeted ? "a second greeting" : "a frame before the greeting");
        }
        switch (opcode) {
            case MuxHeader.CALL, MuxHeader.POST -> takeMessage(opcode, flags, status, id);
            case MuxHeader.HELLO, MuxHeader.PING -> side.take(opcode, flags, status, id, 0, in);
            case MuxHeader.GOAWAY -> {
                peerLeaving = true;
                side.take(opcode, flags, status, id, 0, in);
            }
            default -> throw new MuxException("opcode " + opcode + " that this version does not know");
        }
    }

    private void takeMessage(int opcode, int flags, int status, long id) throws MuxException {
        boolean more = (flags & MuxHeader.MORE) != 0;
        if (assembly.isUnderWay()) {
            ByteBuffer whole = assembly.add(opcode, id, in, !more);
            if (whole != null) {
                long tookNanos = System.nanoTime() - messageBeganNanos;
                side.take(opcode, messageFlags, status, id, messageTimeoutNanos - tookNanos, whole);
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
            side.take(opcode, messageFlags, status, id, messageTimeoutNanos, in);
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
        LzBlock compression = node.compression();
        if (compression == null) {
            throw new MuxException("a compressed message, though this node did not say that it reads such");
        }
        return compression.decompress(body, node.options().frameBytesMax());
    }

    /** Reads nothing until {@link #proceed}. */
    void pause() {
        paused = true;
        source.suspendReads();
    }

    /** Reads again, first what arrived before the pause. */
    void proceed() {
        paused = false;
        if (!isEnded()) {
            try {
                inBatch = true;
                serve(0);
            } catch (MuxException e) {
                broken(e);
            } finally {
                inBatch = false;
                flushBatch();
            }
            source.resumeReads();
            readBatch();
        }
    }

    private void writable() {
        try {
            outbox.resume();
            if (!isEnded() && !paused && !outbox.isStalled()) {
                source.resumeReads();
            }
        } catch (RuntimeException | Error e) {
            broken(e);
            Listening.report(e);
        }
    }

    /** Reading or writing failed. */
    void broken(Throwable why) {
        EndCause cause = why instanceof MuxException || !(why instanceof IOException)
                ? EndCause.BREACH
                : peerLeaving ? EndCause.GOODBYE : EndCause.RESET;
        end(cause, why.getMessage() == null ? why.toString() : why.getMessage(), false);
    }

    /**
     * Ends the connection; does nothing the second time.
     *
     * @param politely with a good-bye, so that the peer takes it for no accident
     */
    void end(EndCause cause, String detail, boolean politely) {
        if (isEnded()) {
            return;
        }
        lingerUntilNanos = System.nanoTime() + LINGER_NANOS;
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (politely) {
            goAway();
            outbox.finish();
        } else {
            IoUtils.safeClose(channel);
        }
        outbox.purge();
        execute(() -> {
            side.ended(cause, detail);
            if (politely) {
                source.resumeReads();
            } else {
                node.remove(this);
            }
        });
    }

    /** Drops what comes until the peer has closed its direction, too. */
    private void discard() {
        try {
            int bytes;
            do {
                in.clear();
                bytes = source.read(in);
            } while (bytes > 0);
            if (bytes < 0) {
                abandon();
            }
        } catch (IOException gone) {
            abandon();
        }
    }

    /** Closes the channel of a connection that has ended, whatever its peer may still lack. */
    void abandon() {
        IoUtils.safeClose(channel);
        node.remove(this);
    }

    /** Looks for what took too long; called by the transport's timer. Tells whether calls are pending. */
    boolean tick(long nowNanos) {
        if (isEnded()) {
            if (nowNanos - lingerUntilNanos > 0) {
                abandon();
            }
            return false;
        }
        if (outbox.isStalled(nowNanos, node.settings().stallNanos())) {
            counters().stalled();
            end(EndCause.SILENCE, "the peer took nothing for too long", false);
        }
        return side.tick(nowNanos);
    }
}
