package dev.hypercache.transport.http;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.LiveTls;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.SslClientAuthMode;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.ssl.SslConnection;

/**
 * Puts TLS around connections of either direction, with the material of the moment. The handshake begins with the first bytes
 * and computes on the worker's other threads.
 *
 * <p>Safe for use by any threads.
 */
public final class TlsChannels {

    /** Room for a record and what stands around it. */
    private static final int BUFFER_BYTES = 17 * 1024;

    private static final int BUFFERS_MAX = 1_024;
    private static final int BUFFERS_PER_THREAD = 12;

    private final LiveTls tls;
    private final SslClientAuthMode clientAuth;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_BYTES, BUFFERS_MAX, BUFFERS_PER_THREAD);

    private volatile Made made;

    /** What was made of some material. */
    private record Made(TlsMaterial material, UndertowXnioSsl ssl, OptionMap options) {}

    /**
     * Begins with the material of the moment.
     *
     * @param tls the material
     * @param isCertificateRequired whether who dials must show a certificate; else it is asked for one
     */
    public TlsChannels(LiveTls tls, boolean isCertificateRequired) {
        this.tls = tls;
        this.clientAuth = isCertificateRequired ? SslClientAuthMode.REQUIRED : SslClientAuthMode.REQUESTED;
        this.made = make(tls.current());
    }

    private Made make(TlsMaterial material) {
        OptionMap options = OptionMap.builder()
                .set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of(material.protocols()))
                .set(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(material.suites()))
                .getMap();
        UndertowXnioSsl ssl = new UndertowXnioSsl(
                Xnio.getInstance(TlsChannels.class.getClassLoader()), options, buffers, material.context());
        return new Made(material, ssl, options);
    }

    private Made made() {
        Made known = made;
        TlsMaterial current = tls.current();
        if (known.material() != current) {
            known = make(current);
            made = known;
        }
        return known;
    }

    /**
     * Puts TLS around a connection that was accepted.
     *
     * @param channel the connection; nothing was read from it
     * @return the secured one, and what it was made with
     */
    public Secured accepted(StreamConnection channel) {
        Made with = made();
        OptionMap options = OptionMap.builder()
                .addAll(with.options())
                .set(Options.SSL_CLIENT_AUTH_MODE, clientAuth)
                .set(UndertowOptions.SSL_USER_CIPHER_SUITES_ORDER, true)
                .getMap();
        return new Secured(with.ssl().wrapExistingConnection(channel, options, false), with.material());
    }

    /**
     * Puts TLS around a connection that was dialled. Who answers must have a certificate for the name that was dialled.
     *
     * @param channel the connection; nothing was written to it
     * @param host the name or address that was dialled
     * @param port the port that was dialled
     * @return the secured one, and what it was made with
     */
    public Secured dialled(StreamConnection channel, String host, int port) {
        Made with = made();
        OptionMap options = OptionMap.builder()
                .addAll(with.options())
                .set(Options.SSL_PEER_HOST_NAME, host)
                .set(Options.SSL_PEER_PORT, port)
                .set(UndertowOptions.ENDPOINT_IDENTIFICATION_ALGORITHM, "HTTPS")
                .getMap();
        return new Secured(with.ssl().wrapExistingConnection(channel, options, true), with.material());
    }

    /**
     * A connection with TLS around it.
     *
     * @param channel the connection
     * @param material what it was made with
     */
    public record Secured(SslConnection channel, TlsMaterial material) {}

    /** Gives the buffers back, once no connection is left. */
    public void release() {
        buffers.close();
    }
}
