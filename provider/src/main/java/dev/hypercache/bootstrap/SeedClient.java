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
import org.jspecify.annotations.Nullable;

/** Asks seeds for their cards, one after the other, before the node has a transport. */
final class SeedClient {

    private final PortSecurity security;
    private final MemberHttp http;

    SeedClient(PortSecurity security) {
        this.security = security;
        this.http = new MemberHttp(security);
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
            MemberHttp.Question asked = http.open(seed, SeedDoor.PATH, "");
            HttpURLConnection connection = asked.connection();
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new RingRefusedException("the seed " + seed + " does not believe this node (" + status
                        + "): its audit log says why. Give both the same hypercache.security settings.");
            }
            http.requireMember(connection);
            if (status != HttpURLConnection.HTTP_OK) {
                return null; // It is about to listen for frames, or was another server a moment ago.
            }
            try (InputStream in = connection.getInputStream()) {
                body = in.readNBytes(SeedCard.BYTES_MAX);
            }
            http.requireSealed(asked, body);
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
}
