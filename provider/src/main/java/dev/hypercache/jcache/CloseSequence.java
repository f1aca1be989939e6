package dev.hypercache.jcache;

import java.io.Closeable;
import java.io.IOException;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Steps of an end, of which each is taken although others fail. */
final class CloseSequence {

    private @Nullable Throwable failure;

    /** Takes a step and keeps its failure. */
    void step(Closeable step) {
        try {
            step.close();
        } catch (IOException | RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Throws the first failure; the others are suppressed in it. */
    void finish() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            throw new CacheException("closing failed", failure);
        }
    }
}
