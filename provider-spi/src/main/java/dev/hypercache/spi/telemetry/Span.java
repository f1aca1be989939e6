package dev.hypercache.spi.telemetry;

/**
 * A piece of work under observation. May be handed from thread to thread, used by one at a time. After {@link #close}
 * nothing has an effect. Never throws.
 */
public interface Span extends AutoCloseable {

    /**
     * Returns what a message carries so that the receiver's spans become children of this one.
     *
     * @return this span's place in its trace
     */
    TraceContext context();

    /**
     * Adds or replaces an attribute.
     *
     * @param name a dotted lower-case name, such as {@code hypercache.cache}
     * @param value never a key, a value or a secret of the user
     */
    void attribute(String name, String value);

    /**
     * Adds or replaces a numeric attribute.
     *
     * @param name a dotted lower-case name that ends in the unit, if any
     * @param value the number
     */
    void attribute(String name, long value);

    /**
     * Marks the work as failed.
     *
     * @param reason a short class of failure, such as {@code timeout}; never user data
     */
    void failed(String reason);

    /** Ends the span now. */
    @Override
    void close();
}
