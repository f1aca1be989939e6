package dev.hypercache.spi.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** The nodes of one test, on transports of the kind under test, and how they talk. */
public abstract class TransportNodes {

    /** How long a test waits for what must come. */
    public static final long AWAIT_SECONDS = 30;
    /** A time that no call of a test needs. */
    protected static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A time that a test can wait for. */
    protected static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    /** The smallest bound there is. */
    protected static final int FRAME_BYTES_MAX = TransportOptions.FRAME_BYTES_LEAST;

    private final List<Node> nodes = new ArrayList<>();

    /** A transport of the kind under test, not started. */
    protected abstract Transport create(TransportOptions options);

    /** Where a node can bind so that the others of the test reach it; port 0. */
    protected abstract Address bind();

    /** Ends a node that this test started as the death of its process would: without a good-bye. */
    protected abstract void kill(NodeId node);

    @AfterEach
    void closeNodes() {
        for (Node node : nodes) {
            node.transport.close();
        }
    }

    /** An open transport with its listener. */
    protected record Node(NodeId id, Transport transport, RecordingListener listener, Address address) {

        public Peer peer() {
            return new Peer(id, address);
        }

        public PeerLink linkTo(Node other) {
            return transport.link(other.peer());
        }

        /** How others know this node if it is a client. */
        public RemotePeer asClient() {
            return new RemotePeer(id, Role.CLIENT);
        }

        /** Sends a message back to a client. */
        public boolean post(Node client, String text, int lane) {
            return transport.post(client.asClient(), frame(text), lane);
        }

        public Outcome call(Node other, String text) {
            return call(other, text, 0, LONG_NANOS);
        }

        public Outcome call(Node other, String text, int lane, long timeoutNanos) {
            Outcome outcome = new Outcome();
            linkTo(other).call(frame(text), lane, timeoutNanos, outcome);
            return outcome;
        }
    }

    protected static NodeId id(String name, long bootId) {
        return new NodeId(name, new Incarnation(bootId));
    }

    protected final TransportOptions options(String name) {
        return TransportOptions.withDefaults(id(name, 1), bind());
    }

    protected final Node start(String name) {
        return start(options(name));
    }

    protected final Node start(TransportOptions options) {
        Transport transport = create(options);
        RecordingListener listener = new RecordingListener();
        Node node = new Node(options.self(), transport, listener, transport.start(listener));
        nodes.add(node);
        return node;
    }

    /** A node that dials and that nobody dials. */
    protected final Node startClient(String name) {
        return start(options(name).asClient());
    }

    protected static Frame frame(String text) {
        return Frame.of(Payload.of(text.getBytes(UTF_8)));
    }

    protected static Frame frame(int length) {
        return Frame.of(Payload.of(new byte[length]));
    }

    protected static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
