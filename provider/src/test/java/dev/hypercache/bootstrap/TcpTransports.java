package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.UndertowTransports;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets the nodes of a local ring, whose addresses are mere names, talk over real sockets of this host. */
final class TcpTransports implements TransportFactory {

    private final UndertowTransports transports = new UndertowTransports();
    private final Map<Address, Address> bound = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return transports.name();
    }

    @Override
    public Transport create(TransportOptions options) {
        TransportOptions real = options.at(new Address("127.0.0.1", 0));
        return new Named(options.bind(), transports.create(real));
    }

    private final class Named implements Transport {

        private final Address name;
        private final Transport transport;

        Named(Address name, Transport transport) {
            this.name = name;
            this.transport = transport;
        }

        @Override
        public Address start(TransportListener listener) {
            bound.put(name, transport.start(listener));
            return name;
        }

        @Override
        public PeerLink link(Peer peer) {
            return transport.link(new Peer(peer.id(), bound.getOrDefault(peer.address(), peer.address())));
        }

        @Override
        public boolean post(RemotePeer client, Frame message, int lane) {
            return transport.post(client, message, lane);
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
}
