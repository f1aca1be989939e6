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

    private final PortSecurity security;

    MemberHttp(PortSecurity security) {
        this.security = security;
    }

    /**
     * A request.
     *
     * @param connection what carries it
     * @param signed what it was signed with; null if no keys are shared
     */
    record Asked(HttpURLConnection connection, @Nullable SignatureFields signed) {}

    /** A GET that is made ready; nothing is sent yet. It waits 0.5 s for its connection and 1 s for each read. */
    Asked open(Address to, String path, String query) throws IOException {
        LiveTls tls = security.tls();
        String target = query.isEmpty() ? path : path + "?" + query;
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
        SignedCalls calls = security.signatures();
        if (calls == null) {
            return new Asked(connection, null);
        }
        RequestHead head = new RequestHead("GET", to.toString(), path, query, null);
        SignatureFields signed = calls.signer().sign(head, to.toString(), new BodyDigest());
        signed.forEach(connection::setRequestProperty);
        return new Asked(connection, signed);
    }

    /**
     * Requires that a member answers. To be called once the answer is there.
     *
     * @throws RejectedCallerException if it is none, which TLS alone does not tell
     */
    void requireMember(Asked asked) throws IOException, RejectedCallerException {
        IdentityCheck identities = security.identities();
        if (identities != null && asked.connection() instanceof HttpsURLConnection secured) {
            Caller caller = identities.callerOf(own(secured.getServerCertificates()), security.nowMillis());
            if (caller.role() != Role.MEMBER) {
                throw new RejectedCallerException(Rejection.ROLE, caller.name() + " is no member");
            }
        }
    }

    /**
     * Requires that a holder of the shared key has answered, and to this very request.
     *
     * @throws RejectedCallerException if that is not proven
     */
    void requireSealed(Asked asked, byte[] body) throws RejectedCallerException {
        SignedCalls calls = security.signatures();
        SignatureFields signed = asked.signed();
        String seal = asked.connection().getHeaderField(AnswerSeal.FIELD);
        if (calls != null && signed != null && !AnswerSeal.fits(calls, signed, ByteBuffer.wrap(body), seal)) {
            throw new RejectedCallerException(Rejection.SIGNATURE, "its answer is not proven by the shared key");
        }
    }

    private static X509Certificate own(Certificate @Nullable [] chain) throws RejectedCallerException {
        if (chain != null && chain.length > 0 && chain[0] instanceof X509Certificate own) {
            return own;
        }
        throw new RejectedCallerException(Rejection.NO_PROOF, "no certificate");
    }
}
