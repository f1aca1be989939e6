package dev.hypercache.codec;

import static java.util.Objects.requireNonNull;

import java.util.Collection;

/**
 * What a manager decides about its codecs.
 *
 * @param defaultCodec encodes what has no built-in encoding
 * @param limits bound one value
 * @param filter admits classes by name
 */
public record CodecSettings(DefaultCodec defaultCodec, SerializationLimits limits, ClassFilter filter) {
    public CodecSettings {
        requireNonNull(defaultCodec, "defaultCodec");
        requireNonNull(limits, "limits");
        requireNonNull(filter, "filter");
    }

    /** Of a manager whose bytes never leave the process. */
    public static CodecSettings embedded(DefaultCodec defaultCodec) {
        return new CodecSettings(defaultCodec, SerializationLimits.EMBEDDED, ClassFilter.all());
    }

    /**
     * Of a manager whose caches hold bytes of other processes (SECURITY R1).
     *
     * @param bytesMax the most bytes of one value, 1 or more
     * @param allowed the patterns of {@link ClassFilter#SETTING}
     * @throws IllegalArgumentException for what is no pattern
     */
    public static CodecSettings ring(DefaultCodec defaultCodec, long bytesMax, Collection<String> allowed) {
        return new CodecSettings(defaultCodec, SerializationLimits.ring(bytesMax), ClassFilter.of(allowed));
    }
}
