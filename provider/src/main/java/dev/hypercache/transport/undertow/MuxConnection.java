package dev.hypercache.transport.undertow;

import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

/**
 * A connection that exchanges frames: reads them on the one thread that it is bound to, hands them to its {@link Side}, and
 * sends through its {@link Outbox}.
 *
 * <p><b>Reading.</b> One read, then all frames in it, then one write for each connection that they made this thread send on. A read that did
 * not fill the buffer took all there was; TLS is asked until it has nothing.
 *
 * <p><b>End.</b> Once and for all, by whichever side finds a reason. After a good-bye it lingers: what it said last must reach the peer,
 * which a close with unread bytes would prevent, so it shuts its own direction and drops what comes until the peer has closed, or 1 s.
 */
final class MuxConnection {

    /** No bytes. */
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** The most bytes of an urgent frame behind its header. */
    static final int URGENT_BYTES_MAX = 2 * 1024;

    /** Reads in a row, so that one busy peer does not keep the others on this thread waiting: 256 KiB, of TLS 16 records. */
    private static final int READS_MAX = 4;

    private static final int RECORDS_MAX = 16;
    private static final long LINGER_NANOS = 1_000_000_000;

    private final MuxNode node;
    private final StreamConnection channel;
    private final XnioIoThread ioThread;
    private final ConduitStreamSourceChannel source;
    private final Outbox outbox;
    private final FrameReader reader;
    private final boolean secured;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Renewal renewal;
    private final Side side;

    private volatile long heardNanos;
    private volatile long lingerUntilNanos;
    private volatile boolean leaving;
    private volatile boolean peerLeaving;
    /** Written by the connection's thread alone. */
    private volatile boolean inBatch;

    /** Makes a connection of a channel that nobody else reads or writes any more; on the channel's thread. */
    MuxConnection(MuxNode node, StreamConnection channel, RemoteEnd end, Function<MuxConnection, Side> sides) {
        this.node = node;
        this.channel = channel;
        this.ioThread = channel.getIoThread();
        this.source = channel.getSourceChannel();
        this.secured = channel instanceof SslConnection;
        this.outbox = new Outbox(this, channel.getSinkChannel(), secured);
        this.reader = new FrameReader(this);
        this.heardNanos = System.nanoTime();
        this.renewal = new Renewal(this, end);
        this.side = sides.apply(this);
    }

    /** Begins to read, with what arrived already. */
    void start() {
        node.connections().add(this);
        side.begin();
        if (isEnded()) {
            return;
        }
        source.setReadListener(ready -> readBatch());
        channel.getSinkChannel().setWriteListener(ready -> writable());
        source.resumeReads();
        readBatch();
    }

    MuxNode node() {
        return node;
    }

    Side side() {
        return side;
    }

    /** Whether the connection makes room for a new one. */
    Retirement retirement() {
        return renewal.retirement();
    }

    /** Who is at the other end. */
    RemoteEnd end() {
        return renewal.end();
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

    FrameReader reader() {
        return reader;
    }

    void peerLeaves() {
        peerLeaving = true;
    }

    /** Whether the peer has said that it begins nothing new. */
    boolean isPeerLeaving() {
        return peerLeaving;
    }

    String peerAddress() {
        return String.valueOf(channel.getPeerAddress());
    }

    /** Runs something on the connection's thread, after what that does now; at once if the thread is no more. */
    void execute(Runnable task) {
        try {
            ioThread.execute(task);
        } catch (RejectedExecutionException gone) {
            task.run();
        }
    }

    /** Sends a message: at once, or behind the frames that this thread or that of the connection is serving right now. */
    void send(Outgoing message) {
        WriteBatch batch = node.batches().ofCaller();
        if (batch != null) {
            batch.hold(outbox, message);
        } else if (!node.batches().of(ioThread).join(outbox, message)) {
            outbox.send(message);
        }
    }

    /** Sends a frame that overtakes messages. */
    void sendUrgently(int opcode, int flags, int status, long id, ByteBuffer body) {
        outbox.sendUrgently(Urgent.of(opcode, flags, status, id, body));
    }

    /** Tells the peer that nothing new is begun here. */
    void goAway() {
        if (!leaving && !side.isMute()) {
            leaving = true;
            sendUrgently(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, 0, NOTHING);
        }
    }

    private void readBatch() {
        WriteBatch batch = node.batches().of(ioThread);
        try {
            inBatch = true;
            batch.open();
            boolean more = !reader.isPaused();
            for (int reads = secured ? RECORDS_MAX : READS_MAX; more && reads > 0; reads--) {
                more = readOnce();
                batch.flush();
            }
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException | Error e) {
            broken(e);
            Listening.report(e);
        } finally {
            inBatch = false;
            batch.close();
            if (!isEnded() && side.readsOnlyWhenWritten() && outbox.isStalled()) {
                source.suspendReads();
            }
        }
    }

    /** Reads once and serves what came; tells whether there may be more. */
    private boolean readOnce() throws IOException {
        if (isEnded()) {
            if (reader.dropAll(source)) {
                abandon(); // The peer has closed its direction, too.
            }
            return false;
        }
        int bytes = reader.read(source);
        if (bytes < 0) {
            end(peerLeaving ? EndCause.GOODBYE : EndCause.RESET, "the peer closed the connection", false);
            return false;
        }
        if (bytes > 0) {
            heardNanos = node.nowNanos();
        }
        reader.serve();
        return !reader.isPaused() && bytes > 0 && (secured || reader.wasFilled()) && !outbox.isStalled();
    }

    /** Reads nothing until {@link #proceed}. */
    void pause() {
        reader.pause(true);
        source.suspendReads();
    }

    /** Reads again, first what arrived before the pause. */
    void proceed() {
        reader.pause(false);
        if (!isEnded()) {
            source.resumeReads();
            readBatch();
        }
    }

    private void writable() {
        try {
            outbox.resume();
            if (!isEnded() && !reader.isPaused() && !outbox.isStalled()) {
                source.resumeReads();
            }
        } catch (RuntimeException | Error e) {
            broken(e);
            Listening.report(e);
        }
    }

    /** Reading or writing failed. */
    void broken(Throwable why) {
        end(EndCause.of(why, peerLeaving), why.getMessage() == null ? why.toString() : why.getMessage(), false);
    }

    /**
     * Ends the connection; does nothing the second time. The side is told later, on the connection's thread and outside of
     * everything that this thread holds: a write that fails may be one of a caller who holds locks.
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
                node.connections().remove(this);
            }
        });
    }

    /** Closes the channel of a connection that has ended, whatever its peer may still lack. */
    void abandon() {
        IoUtils.safeClose(channel);
        node.connections().remove(this);
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
            node.counters().stalled();
            end(EndCause.SILENCE, "the peer took nothing for too long", false);
        }
        renewal.tick(nowNanos);
        return side.tick(nowNanos);
    }
}
