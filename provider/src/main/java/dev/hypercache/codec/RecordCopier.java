package dev.hypercache.codec;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies a record component by component through its canonical constructor.
 *
 * <p>A record whose component types can only hold immutable objects needs none of this and is shared. Of the others,
 * components are read from their fields, as serialization reads them, so that an accessor's own copying is not repeated. A
 * record with nothing to copy in it (a {@code List.of} of strings, say) is shared as well.
 */
final class RecordCopier extends Copier {
    private final RecordShape shape;
    private final boolean[] immutable;

    private RecordCopier(RecordShape shape, boolean[] immutable) {
        this.shape = shape;
        this.immutable = immutable;
    }

    /** The copier of a record class; {@link Copier#NONE} if its module does not let us in. */
    static Copier of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        boolean[] immutable = new boolean[components.length];
        boolean allImmutable = true;
        for (int i = 0; i < components.length; i++) {
            immutable[i] = isImmutable(components[i].getType(), new HashSet<>(Set.of(type)));
            allImmutable &= immutable[i];
        }
        RecordShape shape = RecordShape.of(type);
        if (allImmutable) {
            return new Shared(shape);
        }
        return shape == null ? NONE : new RecordCopier(shape, immutable);
    }

    /** A record that refers to itself is immutable if everything else in it is, hence the set of those in progress. */
    private static boolean isImmutable(Class<?> type, Set<Class<?>> inProgress) {
        if (JdkCopiers.isImmutable(type)) {
            return true;
        }
        if (!type.isRecord()) {
            return false;
        }
        if (!inProgress.add(type)) {
            return true;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isImmutable(component.getType(), inProgress)) {
                return false;
            }
        }
        return true;
    }

    @Override
    Object copy(Object source, CopyRun run) {
        @Nullable Object[] components = shape.components(source);
        boolean changed = false;
        for (int i = 0; i < components.length; i++) {
            if (immutable[i]) {
                continue;
            }
            Object component = components[i];
            Object copy = run.copy(component);
            if (copy == UNCOPYABLE) {
                return UNCOPYABLE;
            }
            changed |= copy != component;
            components[i] = copy;
        }
        return changed ? shape.create(components) : source;
    }

    @Override
    long weigh(Object object, CopyRun run) {
        return shape.weigh(object, run);
    }

    @Override
    RecordShape shape() {
        return shape;
    }

    /** A record class all of whose instances are deeply immutable. */
    private static final class Shared extends Copier.Immutable {
        private final @Nullable RecordShape shape;

        private Shared(@Nullable RecordShape shape) {
            this.shape = shape;
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return shape == null ? Handles.UNKNOWN_WEIGHT : shape.weigh(object, run);
        }

        @Override
        @Nullable
        RecordShape shape() {
            return shape;
        }
    }
}
