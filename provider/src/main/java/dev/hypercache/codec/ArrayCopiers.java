package dev.hypercache.codec;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies arrays, keeping their component type. */
final class ArrayCopiers {
    static final Copier OF_IMMUTABLES = new Objects(false);
    static final Copier OF_OBJECTS = new Objects(true);

    private ArrayCopiers() {}

    /** Arrays of primitives. */
    static final class Flat extends Copier {
        private final int elementBytes;

        Flat(int elementBytes) {
            this.elementBytes = elementBytes;
        }

        @Override
        Object copy(Object source, CopyRun run) {
            if (source instanceof byte[] bytes) {
                return bytes.clone();
            }
            if (source instanceof int[] ints) {
                return ints.clone();
            }
            if (source instanceof long[] longs) {
                return longs.clone();
            }
            if (source instanceof double[] doubles) {
                return doubles.clone();
            }
            int length = Array.getLength(source);
            Object copy = Array.newInstance(source.getClass().getComponentType(), length);
            System.arraycopy(source, 0, copy, 0, length);
            return copy;
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return FlatWeight.array(Array.getLength(object), elementBytes);
        }
    }

    /** Arrays of objects; the elements are copied too unless the component type rules out mutable ones. */
    static final class Objects extends Copier {
        private final boolean deep;

        private Objects(boolean deep) {
            this.deep = deep;
        }

        @Override
        Object copy(Object source, CopyRun run) {
            @Nullable Object[] copy = ((@Nullable Object[]) source).clone();
            return !deep || copyElements(copy, run) ? copy : UNCOPYABLE;
        }

        @Override
        long weigh(Object object, CopyRun run) {
            @Nullable Object[] array = (@Nullable Object[]) object;
            return run.weighAll(FlatWeight.array(array.length, 4), Arrays.asList(array));
        }
    }

    /** Replaces each element by its copy; false if one is uncopyable. */
    static boolean copyElements(@Nullable Object[] array, CopyRun run) {
        for (int i = 0; i < array.length; i++) {
            Object element = array[i];
            Object copy = run.copy(element);
            if (copy == Copier.UNCOPYABLE) {
                return false;
            }
            if (copy != element) {
                array[i] = copy;
            }
        }
        return true;
    }
}
