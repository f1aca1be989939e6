package dev.hypercache.config;

/** Values of {@link Setting#CODEC_DEFAULT}: how values without a built-in encoding are encoded. */
public enum CodecDefault {
    /** Java serialization for classes that support it. */
    AUTO,
    JAVA,
    JACKSON
}
