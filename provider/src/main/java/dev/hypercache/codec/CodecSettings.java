package dev.hypercache.codec;

import static java.util.Objects.requireNonNull;

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
}
