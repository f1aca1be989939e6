package dev.hypercache.transport.http;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.LiveTokens;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Finds out who makes a request, before its body is read: by the certificate of its connection, or by a token. */
public final class CallerCheck {

    private static final String BEARER = "Bearer ";

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
        if (authorization != null) {
            return bearer(authorization);
        }
        if (certified == null) {
            throw new RejectedCallerException(Rejection.NO_PROOF, "no certificate, signature or token");
        }
        return certified;
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
        X509Certificate certificate = certificateOf(session);
        if (certificate == null) {
            return null;
        }
        Caller caller = identities.callerOf(certificate, security.nowMillis());
        connection.putAttachment(CERTIFIED, caller);
        return caller;
    }

    private static @Nullable X509Certificate certificateOf(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own ? own : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** Whether new connections are made with other material than that of a request, so that it should end soon. */
    boolean isOutdated(HttpServerExchange exchange) {
        LiveTls tls = security.tls();
        TlsMaterial material = materialOf(exchange);
        return tls != null && material != null && !tls.isCurrent(material);
    }
}
