package dev.hypercache.transport.undertow;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.LzBlock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** One open transport: its threads, its connections, its links, and what ends them all. */
final class MuxNode {

    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    /** How long the peers may take to close their directions, too. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** How long a listener that does not return can hold up the end of its transport. */
    private static final long END_MILLIS = 10_000;

    private final TransportOptions options;
    private final MuxSettings settings;
    private final Counters counters;
    private final XnioWorker worker;
    private final Listening listening;
    private final PeerNews news;
    private final NodeJournal journal;
    private final Ticker timer;
    private final @Nullable LzBlock compression;
    private final int compressBytesMin;
    private final WriteBatches batches;
    private final NodeTrust trust;

    private final OpenConnections connections;
    /** At most one for each stripe of a link. */
    private final Set<DialAttempt> attempts = ConcurrentHashMap.newKeySet();
    /** Grows by links that are not closed. */
    private final Map<Peer, MuxLink> links = new ConcurrentHashMap<>();

    private final AcceptedPlaces accepted = new AcceptedPlaces();

    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean leaving;

    MuxNode(
            TransportOptions options,
            MuxSettings settings,
            Counters counters,
            XnioWorker worker,
            PortSecurity security,
            TransportListener listener) {
        this.options = options;
        this.settings = settings;
        this.counters = counters;
        this.connections = new OpenConnections(counters);
        this.worker = worker;
        this.listening = new Listening(listener);
        this.news = new PeerNews(listening);
        this.journal = new NodeJournal(options.self());
        this.timer = new Ticker(worker.getName() + "-timer", this::tick);
        this.compressBytesMin = settings.compressBytesMin();
        this.batches = new WriteBatches(worker, settings.ioThreads());
        this.compression = Compression.find();
        this.trust = new NodeTrust(security);
    }

    /** Before the first connection. */
    void start() {
        for (int i = 0; i < settings.ioThreads(); i++) {
            ioThread(i).execute(() -> Thread.currentThread().setContextClassLoader(MuxNode.class.getClassLoader()));
        }
        timer.start();
        trust.follow(this::keyRemoved);
    }

    private void keyRemoved(String keyId) {
        connections.retireKey(keyId, System.nanoTime() + settings.renewNanos());
    }

    TransportOptions options() {
        return options;
    }

    MuxSettings settings() {
        return settings;
    }

    Counters counters() {
        return counters;
    }

    XnioWorker worker() {
        return worker;
    }

    /** The thread of a stripe: there are more stripes than threads. */
    XnioIoThread ioThread(int stripe) {
        return worker.getIoThread(stripe % settings.ioThreads());
    }

    /** What connections are secured with. */
    NodeTrust trust() {
        return trust;
    }

    /** How peers are known. */
    PortSecurity security() {
        return trust.security();
    }

    WriteBatches batches() {
        return batches;
    }

    Listening listening() {
        return listening;
    }

    NodeJournal journal() {
        return journal;
    }

    Ticker timer() {
        return timer;
    }

    long nowNanos() {
        return timer.nowNanos();
    }

    @Nullable
    LzBlock compression() {
        return compression;
    }

    /** What this node says of itself now. */
    Hello hello(int stripe, @Nullable NodeId target) {
        boolean isClient = options.isClient();
        int features = (compression == null ? 0 : Hello.FEATURE_LZ4) | (isClient ? Hello.FEATURE_CLIENT : 0);
        return new Hello(
                Hello.VERSION,
                Hello.VERSION,
                features,
                options.frameBytesMax(),
                stripe,
                isClient ? settings.stripes() : 0,
                options.fence().cluster(),
                options.fence().ring(),
                options.self(),
                target);
    }

    /** Compresses from now on what is large enough, if both ends can and this node is told to. */
    void compressOn(Outbox outbox, int featuresOfPeer) {
        LzBlock with = compression;
        if (with != null && compressBytesMin > 0 && (featuresOfPeer & Hello.FEATURE_LZ4) != 0) {
            outbox.compress(new Compression(with, compressBytesMin, counters));
        }
    }

    void requireFits(Frame frame) {
        if (frame.length() > options.frameBytesMax()) {
            throw new IllegalArgumentException("The frame has " + frame.length() + " bytes, but frameBytesMax is "
                    + options.frameBytesMax() + ". Send it in chunks.");
        }
    }

    boolean isLeaving() {
        return leaving;
    }

    /**
     * The way to a peer.
     *
     * @return null if the node is not open
     */
    @Nullable
    MuxLink link(Peer peer) {
        MuxLink known = links.get(peer);
        if (leaving) {
            return null;
        }
        return known != null ? known : links.computeIfAbsent(peer, wanted -> new MuxLink(this, wanted));
    }

    void forget(MuxLink link) {
        links.remove(link.peer(), link);
    }

    OpenConnections connections() {
        return connections;
    }

    void add(DialAttempt attempt) {
        attempts.add(attempt);
    }

    void remove(DialAttempt attempt) {
        attempts.remove(attempt);
    }

    AcceptedPlaces accepted() {
        return accepted;
    }

    void joined(RemotePeer peer) {
        news.joined(peer);
    }

    void left(RemotePeer peer, boolean reset) {
        news.left(peer, reset);
    }

    private boolean tick(long nowNanos) {
        boolean pending = false;
        for (DialAttempt attempt : attempts) {
            attempt.tick(nowNanos);
        }
        for (MuxLink link : links.values()) {
            pending |= link.expire(nowNanos);
        }
        return connections.tick(nowNanos) | pending;
    }

    /** Says good-bye, lets replies under way leave, ends. */
    void leave() {
        leaving = true;
        connections.goAway();
        await(settings.farewellNanos(), () -> !connections.isBusy());
        end(true);
    }

    /** Ends the node; a thread of its own that ends it is not waited for. Does nothing the second time. */
    void end(boolean politely) {
        leaving = true;
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (!politely) {
            listening.end();
            connections.end("the transport was closed", false);
        }
        for (MuxLink link : links.values()) {
            link.end("the transport was closed");
        }
        connections.end("the transport was closed", politely);
        if (politely) {
            await(LINGER_NANOS, connections::isEmpty);
        }
        listening.end();
        connections.abandon();
        timer.end();
        trust.unfollow();
        worker.shutdown();
        if (!isOwnThread()) {
            awaitThreads();
        }
        trust.release();
    }

    private boolean isOwnThread() {
        XnioIoThread current = XnioIoThread.currentThread();
        return timer.isCurrent() || (current != null && current.getWorker() == worker);
    }

    private void await(long forNanos, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()
                && System.nanoTime() - start < forNanos
                && !isOwnThread()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    private void awaitThreads() {
        try {
            timer.join(END_MILLIS);
            if (!worker.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
                journal.overstayed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
