package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.TlsMaterial;
import java.util.Objects;

/**
 * The TLS material that new connections are made with. It is replaced as a whole while the node runs; connections made with
 * older material end within a grace that their owners keep.
 *
 * <p>Safe for use by any threads.
 */
public final class LiveTls {

    private volatile TlsMaterial current;

    /**
     * Begins with some material.
     *
     * @param first what the node starts with
     */
    public LiveTls(TlsMaterial first) {
        this.current = Objects.requireNonNull(first, "first");
    }

    /** What new connections are made with. */
    public TlsMaterial current() {
        return current;
    }

    /** Whether this is what new connections are made with. */
    public boolean isCurrent(TlsMaterial material) {
        return material == current;
    }

    /**
     * Replaces the material.
     *
     * @param next what new connections are made with from now on
     */
    public void replace(TlsMaterial next) {
        current = Objects.requireNonNull(next, "next");
    }
}
