package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import javax.net.ssl.SSLException;

/** Asks members over HTTP as a client. Safe for use by any threads. */
final class ClientCalls {

    private final PortSecurity security;
    private final MemberHttp http;

    ClientCalls(PortSecurity security) {
        this.security = security;
        this.http = new MemberHttp(security);
    }

    /**
     * What the ring of a member agreed on.
     *
     * @param after the last change that is known here, 0 if none is
     * @param confirmed whether it must hold everything that was agreed on before the call
     * @param millis how long each read of the answer may take
     * @throws RingRefusedException if what answers there is no member, one that is not to be believed, or that does not believe this
     *     client
     * @throws IOException if it does not answer, or cannot
     */
    RingPage state(Address member, long after, boolean confirmed, int millis) throws IOException {
        String query = ClientDesk.AFTER + "=" + after + (confirmed ? "&" + ClientDesk.CONFIRMED + "=1" : "");
        MemberHttp.Question asked = http.open(member, ClientDesk.STATE, query);
        asked.connection().setReadTimeout(millis);
        return RingPageFormat.decode(answer(member, asked, RingPageFormat.BYTES_MAX));
    }

    /**
     * Asks for caches.
     *
     * @param millis how long each read of the answer may take
     * @throws RingRefusedException as {@link #state}
     * @throws IOException if it does not answer, or cannot; what was asked for may have been done
     */
    UseAnswer use(Address member, UseRequest request, int millis) throws IOException {
        try {
            MemberHttp.Question asked = http.post(member, ClientDesk.CACHES, UseFormat.encode(request), millis);
            return UseFormat.decodeAnswer(answer(member, asked, UseFormat.BYTES_MAX));
        } catch (SSLException e) {
            throw untrusted(member, e);
        }
    }

    private byte[] answer(Address member, MemberHttp.Question asked, int bytesMax) throws IOException {
        HttpURLConnection connection = asked.connection();
        try {
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new RingRefusedException("the member " + member + " does not believe this client (" + status
                        + "): its audit log says why. Give the client a certificate or a key of role client of the same"
                        + " cluster.");
            }
            http.requireMember(connection);
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("answers with status " + status);
            }
            byte[] body;
            try (InputStream in = connection.getInputStream()) {
                body = in.readNBytes(bytesMax);
            }
            http.requireSealed(asked, body);
            return body;
        } catch (SSLException e) {
            throw untrusted(member, e);
        } catch (RejectedCallerException e) {
            security.reject(e, member.toString());
            throw new RingRefusedException("the member " + member + " is not to be believed: " + e.getMessage()
                    + ". Issue it a certificate of this cluster with role member, or give it the same keys.");
        }
    }

    /** Nobody waits for certificates to become others; a member that goes away in the middle of a handshake is none. */
    private static IOException untrusted(Address member, SSLException e) {
        if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
            return new IOException("goes away", e);
        }
        throw new RingRefusedException("TLS with the member " + member + " fails: " + e.getMessage()
                + ". Let hypercache.security.tls.trust of both sides name the authority of the other's certificate, and"
                + " the certificates the hosts in hypercache.seeds.");
    }
}
