package dev.hypercache.transport.http;

import io.undertow.util.HeaderMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a caller that was turned away.
 *
 * @param mediaType the type of the body
 * @param body the body, short enough to leave at once
 */
public record Explanation(String mediaType, byte[] body) {

    /** Explains, for a path whose callers are programs. Runs on a thread that serves connections. */
    @FunctionalInterface
    public interface Source {

        /**
         * Explains one refusal.
         *
         * @param status the status of the answer
         * @param request the headers of the request, which nobody has checked
         * @return null if there is nothing to say
         */
        @Nullable
        Explanation explain(int status, HeaderMap request);
    }
}
