package dev.hypercache.security;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Lets a context shake hands with itself in memory: both ends are engines of it, and each passes its bytes to the other.
 *
 * <p>What reads material can check neither curves nor key sizes nor suites against each other as well as TLS itself does, so TLS
 * is asked, before any peer is. Host names are left out: in memory there are none.
 */
final class SelfHandshake {

    /** A handshake takes about ten rounds; long chains take some more. */
    private static final int ROUNDS_MAX = 100;

    /** A flight may have several records. */
    private static final int RECORDS_IN_FLIGHT = 4;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toClient;
    private final ByteBuffer toServer;
    private final ByteBuffer plain;

    private SelfHandshake(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
        int packetBytes = server.getSession().getPacketBufferSize();
        toClient = ByteBuffer.allocate(RECORDS_IN_FLIGHT * packetBytes);
        toServer = ByteBuffer.allocate(RECORDS_IN_FLIGHT * packetBytes);
        plain = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
    }

    /**
     * Shakes hands; both ends ask for the other's certificate.
     *
     * @param clients makes the engine of the client
     * @param servers makes the engine of the server; the same context to try one alone
     * @param version the version of TLS
     * @param suites the cipher suites to enable
     * @throws SSLException if the ends do not come together
     */
    static void run(SSLContext clients, SSLContext servers, String version, List<String> suites) throws SSLException {
        SSLParameters parameters = clients.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setCipherSuites(suites.toArray(new String[0]));
        SSLEngine client = clients.createSSLEngine();
        client.setUseClientMode(true);
        client.setSSLParameters(parameters);
        SSLEngine server = servers.createSSLEngine();
        server.setUseClientMode(false);
        parameters.setNeedClientAuth(true);
        server.setSSLParameters(parameters);
        new SelfHandshake(client, server).run();
    }

    private void run() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; !isDone(); round++) {
            if (round == ROUNDS_MAX) {
                throw new SSLException("no end after " + ROUNDS_MAX + " rounds");
            }
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        client.getSession().invalidate();
        server.getSession().invalidate();
    }

    /** In TLS 1.3 the client is done before the server has judged its certificate, so both count. */
    private boolean isDone() {
        return client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && server.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
        in.flip();
        if (in.hasRemaining() && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
            engine.unwrap(in, plain);
        }
        in.compact();
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }
}
