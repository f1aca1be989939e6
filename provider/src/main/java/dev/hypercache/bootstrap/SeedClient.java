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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks seeds for their cards, one after the other, before the node has a transport. */
final class SeedClient {

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 1_000;

    private final PortSecurity security;

    SeedClient(PortSecurity security) {
        this.security = security;
    }

    /**
     * The card of a seed; null if it does not answer within a second and a half.
     *
     * @throws RingRefusedException if what answers is no node, or one that does not believe this one or is not to be believed
     */
    @Nullable
    SeedCard ask(Address seed) {
        byte[] body;
        try {
            HttpURLConnection connection = open(seed);
            SignatureFields signed = sign(seed, connection);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new RingRefusedException("the seed " + seed + " does not believe this node (" + status
                        + "): its audit log says why. Give both the same hypercache.security settings.");
            }
            requireMember(connection);
            if (status != HttpURLConnection.HTTP_OK) {
                return null; // It is about to listen for frames, or was another server a moment ago.
            }
            try (InputStream in = connection.getInputStream()) {
                body = in.readNBytes(SeedCard.BYTES_MAX);
            }
            requireSealed(signed, body, connection.getHeaderField(AnswerSeal.FIELD));
        } catch (SSLException e) {
            if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
                return null; // It went away meanwhile, as a node does that is about to listen for frames.
            }
            throw new RingRefusedException("TLS with the seed " + seed + " fails: " + e.getMessage()
                    + ". Let hypercache.security.tls.trust of both nodes name the authority of the other's certificate, and"
                    + " the certificates the hosts in hypercache.seeds.");
        } catch (RejectedCallerException e) {
            security.reject(e, seed.toString());
            throw new RingRefusedException("the seed " + seed + " is not to be believed: " + e.getMessage()
                    + ". Issue it a certificate of this cluster with role member, or give it the same keys.");
        } catch (IOException e) {
            return null;
        }
        try {
            return SeedCard.decode(body);
        } catch (IOException e) {
            throw new RingRefusedException("at " + seed + ", which is among hypercache.seeds: " + e.getMessage()
                    + ". Correct the list, or end the server that answers there.");
        }
    }

    private HttpURLConnection open(Address seed) throws IOException {
        LiveTls tls = security.tls();
        URI uri = URI.create((tls == null ? "http://" : "https://") + seed + SeedDoor.PATH);
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

    private @Nullable SignatureFields sign(Address seed, HttpURLConnection connection) {
        SignedCalls calls = security.signatures();
        if (calls == null) {
            return null;
        }
        RequestHead head = new RequestHead("GET", seed.toString(), SeedDoor.PATH, "", null);
        SignatureFields fields = calls.signer().sign(head, seed.toString(), new BodyDigest());
        fields.forEach(connection::setRequestProperty);
        return fields;
    }

    private void requireSealed(@Nullable SignatureFields signed, byte[] body, @Nullable String seal)
            throws RejectedCallerException {
        SignedCalls calls = security.signatures();
        boolean isProven =
                calls == null || signed == null || AnswerSeal.fits(calls, signed, ByteBuffer.wrap(body), seal);
        if (!isProven) {
            throw new RejectedCallerException(Rejection.SIGNATURE, "its answer is not proven by the shared key");
        }
    }

    private void requireMember(HttpURLConnection connection) throws IOException, RejectedCallerException {
        IdentityCheck identities = security.identities();
        if (identities != null && connection instanceof HttpsURLConnection secured) {
            Certificate[] chain = secured.getServerCertificates();
            Caller caller = identities.callerOf((X509Certificate) chain[0], security.nowMillis());
            if (caller.role() != Role.MEMBER) {
                throw new RejectedCallerException(Rejection.ROLE, caller.name() + " is no member");
            }
        }
    }
}
