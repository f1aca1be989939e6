package dev.hypercache.transport.local;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.Objects;

/**
 * A network within this JVM: what its transports bind and dial are names in this network alone, no sockets.
 *
 * <pre>{@code
 * LocalNetwork network = new LocalNetwork();
 * Transport one = network.transportFor(TransportOptions.withDefaults(idOfOne, new Address("one", 7400)));
 * Transport two = network.transportFor(TransportOptions.withDefaults(idOfTwo, new Address("two", 7400)));
 * Address address = two.start(listenerOfTwo);
 * one.start(listenerOfOne);
 * one.link(new Peer(idOfTwo, address)).call(request, lane, timeoutNanos, handler);
 * }</pre>
 *
 * <p><b>Nothing is shared.</b> Head and value of a frame are copied into one fresh array when it is sent. The receiver's
 * buffer is overwritten after the call that it is valid for, as the memory of a socket transport would be, so that a node
 * that keeps it fails here and not in production.
 *
 * <p><b>Threads.</b> Each node has a few daemon threads, {@value #THREADS_DEFAULT} by default, and one for control. A lane belongs to one of
 * them, which serves its requests, its posts and the replies and failures of its calls in their order: one hand-over for
 * each frame and no lock. A frame is never served on the thread that sends it, though that would save the hand-over:
 * nodes send while they guard a slot, and two nodes that serve each other's frames under their own guards would wait for
 * each other for ever. One more thread, shared by the network, looks every few milliseconds for calls whose time is over;
 * it sleeps while no call is pending.
 *
 * <p><b>Bounds.</b> Those of {@link TransportOptions} for each link, and for the way back to each client: a frame counts from sending until the peer's listener
 * returned, 16 bytes of header included, and one frame may always be sent.
 *
 * <p><b>Failures.</b> A node that closes or is killed takes its connections with it. A link dials anew with its next frame,
 * without the back-off of a real network: to dial a name is cheap.
 *
 * <p>Threads may share a network. It holds no thread once its transports are closed.
 */
public final class LocalNetwork implements TransportFactory {

    /** How many threads serve each node, unless told otherwise. */
    public static final int THREADS_DEFAULT = 2;

    private static final int THREADS_MAX = 1_024;

    private final int threadsPerNode;
    private final Switchboard switchboard = new Switchboard();

    /** Makes an empty network with {@value #THREADS_DEFAULT} threads, and one for control, for each node. */
    public LocalNetwork() {
        this(THREADS_DEFAULT);
    }

    private LocalNetwork(int threadsPerNode) {
        this.threadsPerNode = threadsPerNode;
    }

    /**
     * Makes an empty network.
     *
     * @param threadsPerNode how many threads serve each node, 1 to 1,024
     * @return the network
     * @throws IllegalArgumentException if the number is out of its range
     */
    public static LocalNetwork withThreads(int threadsPerNode) {
        if (threadsPerNode < 1 || threadsPerNode > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "threadsPerNode is " + threadsPerNode + ": it ranges from 1 to " + THREADS_MAX + ".");
        }
        return new LocalNetwork(threadsPerNode);
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Transport create(TransportOptions options) {
        return transportFor(options);
    }

    /**
     * Makes the transport of one node of this network.
     *
     * @param options who the node is, the name to bind (port 0 lets the network choose), and its bounds
     * @return a transport that is not started
     */
    public Transport transportFor(TransportOptions options) {
        return new LocalTransport(switchboard, Objects.requireNonNull(options, "options"), threadsPerNode);
    }

    /**
     * Ends a node without a good-bye, as the death of its process would: what it sent and nobody received yet is lost, its
     * peers see their connections reset, and their calls under way fail as possibly executed. Once this returned, the
     * node's listener is called no more; its own pending calls have failed, so that no thread waits for them for ever.
     *
     * @param node who dies
     * @return false if this network has no such node
     */
    public boolean kill(NodeId node) {
        LocalNode victim = switchboard.find(Objects.requireNonNull(node, "node"));
        return victim != null && victim.end(true);
    }

    /**
     * Counts the frames that were sent: requests, replies and posts.
     *
     * @return their number since the network was made
     */
    public long framesSent() {
        return switchboard.framesSent();
    }

    /**
     * Counts the bytes of those frames.
     *
     * @return their number since the network was made, headers excluded
     */
    public long bytesSent() {
        return switchboard.bytesSent();
    }
}
