package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.TlsMaterial;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The TLS material that new connections are made with. It is replaced as a whole while the node runs; connections made with
 * older material end within a grace that their owners keep.
 *
 * <p>Safe for use by any threads.
 */
public final class LiveTls {

    private final List<Consumer<TlsMaterial>> followers = new CopyOnWriteArrayList<>();
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
     * Replaces the material; followers are told by the calling thread.
     *
     * @param next what new connections are made with from now on
     */
    public synchronized void replace(TlsMaterial next) {
        current = Objects.requireNonNull(next, "next");
        followers.forEach(follower -> follower.accept(next));
    }

    /**
     * Tells somebody of each replacement.
     *
     * @param follower is told, and returns at once
     * @return ends that
     */
    public Runnable follow(Consumer<TlsMaterial> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
