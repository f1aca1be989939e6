package dev.hypercache.spi.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of one node. Called by any thread, also by those that serve connections: it never waits, and never throws.
 */
public interface Telemetry {

    /**
     * Opens a span that starts now.
     *
     * @param name what the work is
     * @param parent the span that it is part of, perhaps on another node; null to take the calling thread's current trace,
     *     or to begin a new one
     * @return the open span; it may be one that records nothing
     */
    Span open(SpanName name, @Nullable TraceContext parent);
}
