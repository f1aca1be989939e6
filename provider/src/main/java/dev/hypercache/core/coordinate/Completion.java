package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import org.jspecify.annotations.Nullable;

/** Learns how a request ended; exactly one method but {@link #expired} is called, once. */
public interface Completion {

    /** The request was performed and its outcome is chosen. */
    void performed(Outcome outcome);

    /** An entry of the request's key has expired. May be told several times of one; comes before the end. */
    default void expired(ExpiredFound expired) {}

    /** The keys that were asked for; told of no other request. */
    default void paged(EntryPage page) {
        throw new IllegalStateException("nobody asked for " + page.keys().size() + " keys");
    }

    /**
     * The request was certainly not applied and never will be.
     *
     * @param reason what stood in the way, for the caller to read
     */
    void failed(String reason);

    /**
     * The request may have been applied, or may yet be, at most once.
     *
     * @param token names the mutation
     * @param reason what stood in the way, for the caller to read
     */
    void indeterminate(@Nullable OpToken token, String reason);
}
