package dev.hypercache.codec;

/** What encodes the values that have no built-in encoding: the setting {@code hypercache.codec.default}. */
public enum DefaultCodec {
    /** Whatever suits the manager; today Java serialization. */
    AUTO,
    /** Java serialization behind a filter. */
    JAVA,
    /** JSON of the cache's declared types. */
    JACKSON
}
