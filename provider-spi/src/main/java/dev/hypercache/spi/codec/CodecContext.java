package dev.hypercache.spi.codec;

import static java.util.Objects.requireNonNull;

/**
 * What a codec may know about the place a value comes from or goes to.
 *
 * @param declaredType the key or value type the cache was configured with; {@code Object.class} when it has none
 * @param classes finds application classes by name
 */
public record CodecContext(Class<?> declaredType, ClassResolver classes) {
    public CodecContext {
        requireNonNull(declaredType, "declaredType");
        requireNonNull(classes, "classes");
    }
}
