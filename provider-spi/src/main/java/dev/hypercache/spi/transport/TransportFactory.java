package dev.hypercache.spi.transport;

/** Makes a node's transport. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. */
public interface TransportFactory {

    /**
     * Returns the name by which a configuration chooses this kind of transport.
     *
     * @return a lower-case word, unique among the transports on the class path
     */
    String name();

    /**
     * Makes a transport that is not started.
     *
     * @param options where to bind and what to bound
     * @return a new transport
     */
    Transport create(TransportOptions options);
}
