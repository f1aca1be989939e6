package dev.hypercache.spi.telemetry;

/**
 * A span's place in its trace, as W3C Trace Context defines the fields; what a message between nodes carries.
 *
 * @param traceIdHigh the first eight bytes of the trace id
 * @param traceIdLow the last eight bytes of the trace id; not both halves are 0
 * @param spanId the span's id, not 0
 * @param sampled whether whoever began the trace records it
 */
public record TraceContext(long traceIdHigh, long traceIdLow, long spanId, boolean sampled) {

    /**
     * Checks the ids.
     *
     * @throws IllegalArgumentException if the trace id or the span id is all zeros, which W3C Trace Context §3.2.2 forbids
     */
    public TraceContext {
        if ((traceIdHigh | traceIdLow) == 0 || spanId == 0) {
            throw new IllegalArgumentException(
                    "A trace id or span id of zeros is invalid (W3C Trace Context 3.2.2). Pass no context instead.");
        }
    }
}
