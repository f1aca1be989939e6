package dev.hypercache.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.RandomAccess;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/** Copies the lists of the JDK, keeping their kind: what was mutable stays mutable, what was not does not become so. */
final class ListCopiers {
    private ListCopiers() {}

    /** Lists are weighed as an array of references; a linked list costs more, which an estimate may ignore. */
    abstract static class Lists extends Copier {
        @Override
        final long weigh(Object object, CopyRun run) {
            Collection<?> list = (Collection<?>) object;
            return run.weighAll(24 + FlatWeight.array(list.size(), 4), list);
        }
    }

    /** Lists with a shallow {@code clone}, whose mutable elements are then replaced. */
    static final class Cloned extends Lists {
        @Override
        Object copy(Object source, CopyRun run) {
            List<@Nullable Object> copy = cloneOf(source);
            if (copy instanceof RandomAccess) {
                for (int i = 0; i < copy.size(); i++) {
                    Object element = copy.get(i);
                    Object elementCopy = run.copy(element);
                    if (elementCopy == UNCOPYABLE) {
                        return UNCOPYABLE;
                    }
                    if (elementCopy != element) {
                        copy.set(i, elementCopy);
                    }
                }
                return copy;
            }
            for (ListIterator<@Nullable Object> elements = copy.listIterator(); elements.hasNext(); ) {
                Object elementCopy = run.copy(elements.next());
                if (elementCopy == UNCOPYABLE) {
                    return UNCOPYABLE;
                }
                elements.set(elementCopy);
            }
            return copy;
        }

        @SuppressWarnings("unchecked")
        private static List<@Nullable Object> cloneOf(Object source) {
            if (source instanceof ArrayList<?> list) {
                return (List<@Nullable Object>) list.clone();
            }
            if (source instanceof LinkedList<?> list) {
                return (List<@Nullable Object>) list.clone();
            }
            return (List<@Nullable Object>) ((Vector<?>) source).clone();
        }
    }

    /** {@link Arrays#asList}. */
    static final class FixedSize extends Lists {
        @Override
        Object copy(Object source, CopyRun run) {
            @Nullable Object[] elements = ((List<?>) source).toArray();
            return ArrayCopiers.copyElements(elements, run) ? Arrays.asList(elements) : UNCOPYABLE;
        }
    }

    /** {@code List.of}, {@code Stream.toList} and {@link Collections#singletonList}: shared if all elements are. */
    static final class Immutable extends Lists {
        @Override
        Object copy(Object source, CopyRun run) {
            @Nullable Object[] elements = ((List<?>) source).toArray();
            @Nullable Object[] copies = elements.clone();
            if (!ArrayCopiers.copyElements(copies, run)) {
                return UNCOPYABLE;
            }
            if (same(elements, copies)) {
                return source;
            }
            // Stream.toList makes the same class as List.of does, but allows nulls.
            return Arrays.asList(copies).contains(null) ? Arrays.stream(copies).toList() : List.of(copies);
        }
    }

    /** {@link Collections#unmodifiableList}: the list behind it may be changed by others, so it is copied. */
    static final class Unmodifiable extends Lists {
        @Override
        Object copy(Object source, CopyRun run) {
            @Nullable Object[] elements = ((List<?>) source).toArray();
            if (!ArrayCopiers.copyElements(elements, run)) {
                return UNCOPYABLE;
            }
            List<@Nullable Object> behind = Arrays.asList(elements);
            return Collections.unmodifiableList(
                    source instanceof RandomAccess ? new ArrayList<>(behind) : new LinkedList<>(behind));
        }
    }

    static boolean same(@Nullable Object[] left, @Nullable Object[] right) {
        for (int i = 0; i < left.length; i++) {
            if (left[i] != right[i]) {
                return false;
            }
        }
        return true;
    }
}
