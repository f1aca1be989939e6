package dev.hypercache.cluster;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Somebody with a member's certificate, who makes a new connection for each request and resumes sessions where it may. */
final class TlsCaller {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final SSLContext context;

    private TlsCaller(SSLContext context) {
        this.context = context;
    }

    /**
     * Makes one.
     *
     * @param issuer who issues its certificate
     * @param trusted whom it believes
     */
    static TlsCaller of(DevelopmentCa issuer, DevelopmentCa... trusted) throws GeneralSecurityException, IOException {
        Credentials own = issuer.issue(CertificateFolder.identity(Role.MEMBER, "caller"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            authorities.setCertificateEntry("trusted" + i, trusted[i].certificate());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new TlsCaller(context);
    }

    /**
     * What came of a request.
     *
     * @param status the status of the answer
     * @param sessionMillis when the session began; earlier than the connection if it was resumed
     */
    record Answered(int status, long sessionMillis) {}

    /**
     * Asks a node for its card.
     *
     * @param address {@code host:port}
     * @throws IOException if TLS comes to nothing, or nobody answers
     */
    Answered ask(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        int port = Integer.parseInt(address.substring(colon + 1));
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address.substring(0, colon), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String request = "GET /internal/ring HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int status = statusOf(said.readLine());
            long unused = said.lines().count(); // To its end, so that the ticket for the next session has come, too.
            return new Answered(status, socket.getSession().getCreationTime());
        }
    }

    private static int statusOf(String line) throws IOException {
        if (line == null || !line.startsWith("HTTP/1.1 ")) {
            throw new IOException(String.format(Locale.ROOT, "no answer but %s", line));
        }
        return Integer.parseInt(line.split(" ")[1]);
    }
}
