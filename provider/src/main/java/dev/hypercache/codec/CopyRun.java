package dev.hypercache.codec;

import org.jspecify.annotations.Nullable;

/**
 * One walk over a value: bounds its depth and its size.
 *
 * <p>Structural copies do not track identity. A cycle, a very deep nesting or a graph that shares its parts so often that
 * copying would multiply it ends in {@link Copier#UNCOPYABLE}; serialization, which tracks identity, then takes over.
 * Confined to one call.
 */
final class CopyRun {
    /** Containers inside containers. */
    static final int DEPTH_MAX = 64;

    /** Containers in one value; their flat elements do not count. */
    static final int CONTAINERS_MAX = 1_000_000;

    private final Copiers copiers;
    private int depth;
    private int containers;

    CopyRun(Copiers copiers) {
        this.copiers = copiers;
    }

    /** Copies what a container holds: null for null, the same object if immutable, else as {@link Copier#copy}. */
    @Nullable
    Object copy(@Nullable Object source) {
        if (source == null || source.getClass() == String.class) {
            return source;
        }
        Copier copier = copiers.of(source);
        if (copier instanceof Copier.Immutable) {
            return source;
        }
        if (depth >= DEPTH_MAX || containers >= CONTAINERS_MAX) {
            return Copier.UNCOPYABLE;
        }
        depth++;
        containers++;
        Object copy = copier.copy(source, this);
        depth--;
        return copy;
    }

    /** Weighs what a container holds; 0 for null. */
    long weigh(@Nullable Object object) {
        if (object == null) {
            return 0;
        }
        if (object.getClass() == String.class) {
            return FlatWeight.string((String) object);
        }
        if (depth >= DEPTH_MAX) {
            return Handles.UNKNOWN_WEIGHT;
        }
        depth++;
        long bytes = copiers.of(object).weigh(object, this);
        depth--;
        return bytes;
    }

    /** Adds the weights of a container's elements to its own, or answers unknown if one is unknown. */
    long weighAll(long own, Iterable<?> elements) {
        long sum = own;
        for (Object element : elements) {
            long bytes = weigh(element);
            if (bytes < 0) {
                return Handles.UNKNOWN_WEIGHT;
            }
            sum += bytes;
        }
        return sum;
    }
}
