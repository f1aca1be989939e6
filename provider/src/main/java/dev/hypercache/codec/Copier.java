package dev.hypercache.codec;

import org.jspecify.annotations.Nullable;

/**
 * Knows how to copy, and to weigh, the instances of one class.
 *
 * <p>A copier refers to nothing but classes that its own class can see: it hangs on that class, and anything more would
 * keep a manager or an application's class loader alive.
 */
abstract class Copier {
    /** What {@link #copy} answers when the instance holds something that only serialization can copy. */
    static final Object UNCOPYABLE = new Object();

    /** For classes without a structural copy. */
    static final Copier NONE = new Copier() {
        @Override
        Object copy(Object source, CopyRun run) {
            return UNCOPYABLE;
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return Handles.UNKNOWN_WEIGHT;
        }
    };

    /** An independent copy; the source itself if it is deeply immutable; or {@link #UNCOPYABLE}. */
    abstract Object copy(Object source, CopyRun run);

    /** Estimated heap bytes with all that the object reaches, or {@link Handles#UNKNOWN_WEIGHT}. */
    abstract long weigh(Object object, CopyRun run);

    /** The shape of the class if it is a record that is open to us. */
    @Nullable
    RecordShape shape() {
        return null;
    }

    /** For immutable instances of about the same size. */
    static Copier immutable(long bytes) {
        return new Immutable() {
            @Override
            long weigh(Object object, CopyRun run) {
                return bytes;
            }
        };
    }

    /** For classes whose instances are shared, never copied. */
    abstract static class Immutable extends Copier {
        @Override
        final Object copy(Object source, CopyRun run) {
            return source;
        }
    }
}
