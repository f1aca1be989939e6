package dev.hypercache.bootstrap;

import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.SeedCard;
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

/** Asks seeds and members before the node has a transport. Safe for use by any threads. */
final class SeedClient {

    private static final int VOTE_MILLIS = 1_000;
    /** A member may wait for its log before it answers. */
    private static final int JOIN_MILLIS = 7_000;

    private final PortSecurity security;
    private final MemberHttp http;

    SeedClient(PortSecurity security) {
        this.security = security;
        this.http = new MemberHttp(security);
    }

    /** Makes a request ready. */
    private interface Asking {
        MemberHttp.Question ask() throws IOException;
    }

    /** Reads an answer. */
    private interface Reading<T> {
        T read(byte[] body) throws IOException;
    }

    /**
     * The card of a seed; null if it does not answer within a second and a half.
     *
     * @throws RingRefusedException if what answers is no node, or one that does not believe this one or is not to be believed
     */
    @Nullable
    SeedCard ask(Address seed) {
        byte[] body = answer(seed, () -> http.open(seed, SeedDoor.PATH, ""), CardFormat.BYTES_MAX);
        return body == null ? null : read(seed, body, CardFormat::decode);
    }

    /**
     * What a seed answers to a candidate; null if it does not answer in time.
     *
     * @throws RingRefusedException as {@link #ask}
     */
    @Nullable
    FormAnswer vote(Address seed, FormRequest request) {
        byte[] asked = VoteFormat.encode(request);
        byte[] body = answer(seed, () -> http.post(seed, SeedDoor.VOTE, asked, VOTE_MILLIS), VoteFormat.BYTES_MAX);
        return body == null ? null : read(seed, body, VoteFormat::decodeAnswer);
    }

    /**
     * What a member answers to a node that asks to be admitted; null if it does not answer in time.
     *
     * @throws RingRefusedException as {@link #ask}
     */
    @Nullable
    Admission join(Address member, JoinRequest request) {
        byte[] asked = JoinFormat.encode(request);
        byte[] body =
                answer(member, () -> http.post(member, SeedDoor.JOIN, asked, JOIN_MILLIS), JoinFormat.ANSWER_BYTES_MAX);
        return body == null ? null : read(member, body, JoinFormat::decodeAnswer);
    }

    /**
     * Brings a letter of a reform; whether it came is not told.
     *
     * @throws RingRefusedException as {@link #ask}
     */
    void reform(Address to, byte[] letter) {
        var unused = answer(to, () -> http.post(to, SeedDoor.REFORM, letter, VOTE_MILLIS), VoteFormat.BYTES_MAX);
    }

    private static <T> T read(Address seed, byte[] body, Reading<T> reading) {
        try {
            return reading.read(body);
        } catch (IOException e) {
            throw new RingRefusedException("at " + seed + ", which is among hypercache.seeds: " + e.getMessage()
                    + ". Correct the list, or end the server that answers there.");
        }
    }

    private byte @Nullable [] answer(Address seed, Asking asking, int bytesMax) {
        try {
            MemberHttp.Question asked = asking.ask();
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
            byte[] body;
            try (InputStream in = connection.getInputStream()) {
                body = in.readNBytes(bytesMax);
            }
            http.requireSealed(asked, body);
            return body;
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
    }
}
