package dev.hypercache.bootstrap;

import dev.hypercache.core.message.Message;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.frame.Frames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down every message that any node hands to its transport, read back from its bytes. Signs of life do not count. */
final class RecordingTransports implements TransportFactory {

    private final TransportFactory transports;
    private final List<Sent> sent = new ArrayList<>();
    private int frames;

    /** One message on its way, by the names of the nodes and the number of the frame that it is in. */
    record Sent(int frame, String from, String to, Message message) {}

    RecordingTransports(TransportFactory transports) {
        this.transports = transports;
    }

    /** What was sent since the last call. */
    List<Sent> take() {
        synchronized (sent) {
            List<Sent> taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }
    }

    @Override
    public String name() {
        return transports.name();
    }

    @Override
    public Transport create(TransportOptions options) {
        return new RecordingTransport(transports.create(options), options.self().name());
    }

    private void record(String from, String to, Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate((int) frame.length());
        bytes.put(frame.head().buffer()).put(frame.value().buffer()).flip();
        synchronized (sent) {
            frames++;
            for (Message one : Frames.messagesOf(bytes)) {
                sent.add(new Sent(frames, from, to, one));
            }
        }
    }

    private final class RecordingTransport implements Transport {
        private final Transport inner;
        private final String self;

        RecordingTransport(Transport inner, String self) {
            this.inner = inner;
            this.self = self;
        }

        @Override
        public Address start(TransportListener listener) {
            return inner.start(listener);
        }

        @Override
        public PeerLink link(Peer peer) {
            return new RecordingLink(inner.link(peer), self);
        }

        @Override
        public boolean post(RemotePeer client, Frame message, int lane) {
            record(self, client.id().name(), message);
            return inner.post(client, message, lane);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private final class RecordingLink implements PeerLink {
        private final PeerLink inner;
        private final String self;

        RecordingLink(PeerLink inner, String self) {
            this.inner = inner;
            this.self = self;
        }

        @Override
        public Peer peer() {
            return inner.peer();
        }

        @Override
        public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
            inner.call(request, lane, timeoutNanos, handler);
        }

        @Override
        public boolean post(Frame message, int lane) {
            record(self, inner.peer().id().name(), message);
            return inner.post(message, lane);
        }

        @Override
        public void reconnect() {
            inner.reconnect();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
