package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.AnswerSeal;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.auth.RequestHead;
import dev.hypercache.transport.auth.SignatureFields;
import dev.hypercache.transport.auth.SignedCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks another member over HTTP as a member: over TLS with the node's certificate, or signed, whatever the node has. */
final class MemberHttp {

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 1_000;
    private static final String CONTENT_TYPE = "application/json";

    private final PortSecurity security;

    MemberHttp(PortSecurity security) {
        this.security = security;
    }

    /**
     * A request that is made ready.
     *
     * @param connection sends it when its answer is asked for
     * @param signed how it is signed; null if it is not
     */
    record Question(HttpURLConnection connection, @Nullable SignatureFields signed) {}

    /** A GET that is made ready; nothing is sent yet. It waits 0.5 s for its connection and 1 s for each read. */
    Question open(Address to, String path, String query) throws IOException {
        HttpURLConnection connection = connect(to, query.isEmpty() ? path : path + "?" + query);
        RequestHead head = new RequestHead("GET", to.toString(), path, query, null);
        return new Question(connection, sign(connection, head, new BodyDigest()));
    }

    /**
     * A POST of JSON, whose body is sent. It waits 0.5 s for its connection.
     *
     * @param readMillis how long it waits for each read of the answer
     */
    Question post(Address to, String path, byte[] body, int readMillis) throws IOException {
        HttpURLConnection connection = connect(to, path);
        connection.setReadTimeout(readMillis);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", CONTENT_TYPE);
        RequestHead head = new RequestHead("POST", to.toString(), path, "", CONTENT_TYPE);
        SignatureFields signed = sign(connection, head, BodyDigest.of(ByteBuffer.wrap(body)));
        connection.setDoOutput(true);
        // Else the JDK may send it twice by itself, and the second one has a nonce that was used.
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return new Question(connection, signed);
    }

    private HttpURLConnection connect(Address to, String target) throws IOException {
        LiveTls tls = security.tls();
        URI uri = URI.create((tls == null ? "http://" : "https://") + to + target);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (tls != null && connection instanceof HttpsURLConnection secured) {
            TlsMaterial material = tls.current();
            secured.setSSLSocketFactory(new TlsSockets(material));
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    private @Nullable SignatureFields sign(HttpURLConnection connection, RequestHead head, BodyDigest body) {
        SignedCalls calls = security.signatures();
        if (calls == null) {
            return null;
        }
        SignatureFields fields = calls.signer().sign(head, head.authority(), body);
        fields.forEach(connection::setRequestProperty);
        return fields;
    }

    /**
     * Requires that the answer to a signed request is sealed with the key that signed it.
     *
     * @param body the whole answer
     * @throws RejectedCallerException if it is not
     */
    void requireSealed(Question asked, byte[] body) throws RejectedCallerException {
        SignedCalls calls = security.signatures();
        SignatureFields signed = asked.signed();
        String seal = asked.connection().getHeaderField(AnswerSeal.FIELD);
        boolean isProven =
                calls == null || signed == null || AnswerSeal.fits(calls, signed, ByteBuffer.wrap(body), seal);
        if (!isProven) {
            throw new RejectedCallerException(Rejection.SIGNATURE, "its answer is not proven by the shared key");
        }
    }

    /**
     * Requires that a member answers. To be called once the answer is there.
     *
     * @throws RejectedCallerException if it is none, which TLS alone does not tell
     */
    void requireMember(HttpURLConnection connection) throws IOException, RejectedCallerException {
        IdentityCheck identities = security.identities();
        if (identities != null && connection instanceof HttpsURLConnection secured) {
            Caller caller = identities.callerOf(own(secured.getServerCertificates()), security.nowMillis());
            if (caller.role() != Role.MEMBER) {
                throw new RejectedCallerException(Rejection.ROLE, caller.name() + " is no member");
            }
        }
    }

    private static X509Certificate own(Certificate @Nullable [] chain) throws RejectedCallerException {
        if (chain != null && chain.length > 0 && chain[0] instanceof X509Certificate own) {
            return own;
        }
        throw new RejectedCallerException(Rejection.NO_PROOF, "no certificate");
    }
}
