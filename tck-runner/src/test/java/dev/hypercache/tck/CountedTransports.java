package dev.hypercache.tck;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.frame.RequestCount;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts at the transports of this process which requests leave it. Safe for use by any threads. */
final class CountedTransports {

    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger nodes = new AtomicInteger();

    /** Requests that were handed to a transport: another process leads their slots. */
    long requests() {
        return requests.get();
    }

    /** How many transports were made, each for one life of a node. */
    int nodes() {
        return nodes.get();
    }

    /** Counts what leaves through the transports of a factory. */
    TransportFactory around(TransportFactory transports) {
        return new TransportFactory() {
            @Override
            public String name() {
                return transports.name();
            }

            @Override
            public Transport create(TransportOptions options) {
                nodes.incrementAndGet();
                return new Counted(transports.create(options));
            }
        };
    }

    private void count(Frame frame) {
        requests.addAndGet(RequestCount.of(frame));
    }

    private final class Counted implements Transport {
        private final Transport transport;

        Counted(Transport transport) {
            this.transport = transport;
        }

        @Override
        public Address start(TransportListener listener) {
            return transport.start(listener);
        }

        @Override
        public PeerLink link(Peer peer) {
            return new CountedLink(transport.link(peer));
        }

        @Override
        public TransportCounts counts() {
            return transport.counts();
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    private final class CountedLink implements PeerLink {
        private final PeerLink link;

        CountedLink(PeerLink link) {
            this.link = link;
        }

        @Override
        public Peer peer() {
            return link.peer();
        }

        @Override
        public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
            count(request);
            link.call(request, lane, timeoutNanos, handler);
        }

        @Override
        public boolean post(Frame message, int lane) {
            count(message);
            return link.post(message, lane);
        }

        @Override
        public void reconnect() {
            link.reconnect();
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
