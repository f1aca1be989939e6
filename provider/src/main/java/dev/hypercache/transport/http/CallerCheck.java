package dev.hypercache.transport.http;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.LiveTokens;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignedCalls;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Finds out who makes a request, before its body is read: by the certificate of its connection, a signature, or a token. */
public final class CallerCheck {

    private static final String BEARER = "Bearer ";

    /** The same one, whatever would have helped. */
    private static final String CHALLENGE = "Bearer realm=\"hypercache\"";

    private static final HttpString SIGNATURE = new HttpString("Signature");
    private static final HttpString SIGNATURE_INPUT = new HttpString("Signature-Input");

    private static final AttachmentKey<Accepted> SIGNED = AttachmentKey.create(Accepted.class);
    private static final AttachmentKey<Caller> CALLER = AttachmentKey.create(Caller.class);
    private static final AttachmentKey<Caller> CERTIFIED = AttachmentKey.create(Caller.class);

    private final PortSecurity security;

    CallerCheck(PortSecurity security) {
        this.security = security;
    }

    /**
     * Tells who makes a request that passed the gate.
     *
     * @throws IllegalStateException if it did not
     */
    public static Caller of(HttpServerExchange exchange) {
        Caller caller = exchange.getAttachment(CALLER);
        if (caller == null) {
            throw new IllegalStateException("nobody asked who makes this request");
        }
        return caller;
    }

    /**
     * Tells what the connection of a request was secured with.
     *
     * @return null without TLS
     */
    public static @Nullable TlsMaterial materialOf(HttpServerExchange exchange) {
        return HeadWatch.materialOf(exchange);
    }

    /**
     * Finds out who makes a request, and remembers it.
     *
     * @throws RejectedCallerException if it proves nothing, or what it proves is not believed
     */
    Caller identify(HttpServerExchange exchange) throws RejectedCallerException {
        Caller caller = security.isOpen() ? Caller.UNASKED : asked(exchange);
        exchange.putAttachment(CALLER, caller);
        return caller;
    }

    private Caller asked(HttpServerExchange exchange) throws RejectedCallerException {
        Caller certified = certified(exchange.getConnection());
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        boolean isSigned = exchange.getRequestHeaders().contains(SIGNATURE)
                || exchange.getRequestHeaders().contains(SIGNATURE_INPUT);
        if (authorization != null && isSigned) {
            throw new RejectedCallerException(Rejection.SEVERAL_PROOFS, "a token and a signature");
        }
        if (authorization != null) {
            return bearer(authorization);
        }
        if (isSigned) {
            return signed(exchange);
        }
        if (certified == null) {
            throw new RejectedCallerException(Rejection.NO_PROOF, "no certificate, signature or token");
        }
        return certified;
    }

    private Caller signed(HttpServerExchange exchange) throws RejectedCallerException {
        SignedCalls calls = security.signatures();
        if (calls == null) {
            throw new RejectedCallerException(Rejection.SIGNATURE, "this node accepts no signatures");
        }
        HeaderMap headers = exchange.getRequestHeaders();
        Accepted head = calls.requireHead(
                exchange.getRequestMethod().toString(),
                exchange.getRequestURI(),
                exchange.getQueryString(),
                headers::get);
        String peer = String.valueOf(exchange.getSourceAddress());
        if (exchange.getRequestContentLength() > 0) {
            SignedBody.verify(exchange, calls, head, why -> security.reject(why, peer, "caller", head.keyId()));
        } else {
            calls.requireBody(head, new BodyDigest(), peer);
        }
        exchange.putAttachment(SIGNED, head);
        return new Caller(head.keyId(), head.role(), Caller.Proof.SIGNATURE, null, calls.untilMillis(head.keyId()));
    }

    /**
     * Tells what was accepted of the signature of a request.
     *
     * @return null if it is not signed
     */
    public static @Nullable Accepted signatureOf(HttpServerExchange exchange) {
        return exchange.getAttachment(SIGNED);
    }

    /**
     * Tells whether the body of a request is not the one that was signed, or was accepted before: what reading it to its end
     * failed with is answered by this status.
     *
     * @return 0 if that is not so
     */
    public static int statusOfBody(HttpServerExchange exchange) {
        RejectedCallerException rejected = SignedBody.rejectionOf(exchange);
        return rejected == null ? 0 : rejected.rejection().status();
    }

    /**
     * Adds the scheme that an answer of 401 names (RFC 9110 §11.6.1).
     *
     * @param status the status of the answer; nothing is added to any other
     */
    public static void challenge(HttpServerExchange exchange, int status) {
        if (status == StatusCodes.UNAUTHORIZED) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, CHALLENGE);
        }
    }

    private Caller bearer(String authorization) throws RejectedCallerException {
        LiveTokens tokens = security.tokens();
        if (tokens == null || !authorization.startsWith(BEARER)) {
            throw new RejectedCallerException(
                    Rejection.UNKNOWN_TOKEN, tokens == null ? "this node accepts no tokens" : "not a bearer token");
        }
        return tokens.callerOf(authorization.substring(BEARER.length()), security.nowMillis());
    }

    /** Who the certificate of a connection speaks for; looked at once, and its dates each time. Null without one. */
    private @Nullable Caller certified(ServerConnection connection) throws RejectedCallerException {
        IdentityCheck identities = security.identities();
        SSLSession session = connection.getSslSession();
        if (identities == null || session == null) {
            return null;
        }
        Caller known = connection.getAttachment(CERTIFIED);
        if (known != null) {
            IdentityCheck.requireValid(known, security.nowMillis());
            return known;
        }
        X509Certificate certificate = IdentityCheck.certificateIn(session);
        if (certificate == null) {
            return null;
        }
        Caller caller = identities.callerOf(certificate, security.nowMillis());
        connection.putAttachment(CERTIFIED, caller);
        return caller;
    }

    /** Whether new connections are made with other material than that of a request, so that it should end soon. */
    boolean isOutdated(HttpServerExchange exchange) {
        LiveTls tls = security.tls();
        TlsMaterial material = materialOf(exchange);
        return tls != null && material != null && !tls.isCurrent(material);
    }
}
