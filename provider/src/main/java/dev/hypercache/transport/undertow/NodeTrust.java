package dev.hypercache.transport.undertow;

import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.http.TlsChannels;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a node's connections are secured with: by TLS, or else by keys that both ends share, or not at all. */
final class NodeTrust {

    private final PortSecurity security;
    private final @Nullable TlsChannels tls;
    private final @Nullable FrameAuthentication authentication;
    private volatile Runnable unfollow = () -> {};

    NodeTrust(PortSecurity security) {
        LiveTls live = security.tls();
        SignedCalls calls = security.signatures();
        this.security = security;
        this.tls = live == null ? null : new TlsChannels(live, true);
        this.authentication = calls == null || live != null ? null : new FrameAuthentication(calls);
    }

    /** How peers are known. */
    PortSecurity security() {
        return security;
    }

    /** Puts TLS around dialled connections; null for plain TCP. */
    @Nullable
    TlsChannels tls() {
        return tls;
    }

    /** What makes frames authentic; null if nothing does, or if TLS does it. */
    @Nullable
    FrameAuthentication authentication() {
        return authentication;
    }

    /** Tells somebody the id of each shared key that is removed. */
    void follow(Consumer<String> keyRemoved) {
        SignedCalls calls = security.signatures();
        if (authentication != null && calls != null) {
            unfollow = calls.keys().follow(keyRemoved);
        }
    }

    /** Tells nobody any more. */
    void unfollow() {
        unfollow.run();
    }

    /** Gives back what it holds, once no connection is left. */
    void release() {
        if (tls != null) {
            tls.release();
        }
    }
}
