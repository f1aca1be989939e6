package dev.hypercache.runtime.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The word that nobody wants a node any more that is being started, which may wait long for others. Said once and for all. Safe
 * for use by any threads.
 */
public final class Abandonment {

    private final CompletableFuture<Void> said = new CompletableFuture<>();

    /** Says it. */
    public void say() {
        said.complete(null);
    }

    /** Whether it was said. */
    public boolean isSaid() {
        return said.isDone();
    }

    /**
     * Pauses, but not longer than until it is said, or until the thread is interrupted, which it stays.
     *
     * @param millis how long, 0 or more
     */
    public void pause(long millis) {
        try {
            said.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            // Nobody said it meanwhile.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never said exceptionally", e);
        }
    }

    /** Waits until a result is there, if only a failure, or until it is said. */
    public void awaitUnlessSaid(CompletableFuture<?> result) {
        CompletableFuture<?> settled = result.handle((value, failure) -> true);
        CompletableFuture.anyOf(said, settled).join();
    }
}
