package dev.hypercache.examples.roundtrip;

import dev.hypercache.spi.security.TlsMaterial;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS of an end of {@link NettyWire}: Netty's handler around an engine of the JDK ({@code SslProvider.JDK}), made of the same
 * context, versions and suites as the engines of this product. Both ends show certificates.
 *
 * @param material what engines are made of
 * @param dials whether this end dials
 */
record NettyTls(TlsMaterial material, boolean dials) {

    /** Makes the handler of one connection. */
    SslHandler handler(String host, int port) {
        SSLEngine engine = material.context().createSSLEngine(host, port);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(material.protocols().toArray(String[]::new));
        parameters.setCipherSuites(material.suites().toArray(String[]::new));
        if (dials) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        } else {
            parameters.setNeedClientAuth(true);
        }
        engine.setUseClientMode(dials);
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }
}
