package dev.hypercache.codec;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Copies the sets and queues of the JDK, keeping their kind and order. */
final class CollectionCopiers {
    static final Copier ENUM_SET = new EnumSets();

    private CollectionCopiers() {}

    /** Copies every element into the target; false if one is uncopyable. */
    private static boolean copyInto(Collection<? super @Nullable Object> target, Collection<?> source, CopyRun run) {
        for (Object element : source) {
            Object copy = run.copy(element);
            if (copy == Copier.UNCOPYABLE) {
                return false;
            }
            target.add(copy);
        }
        return true;
    }

    /** Sets are weighed as a table of entries. */
    abstract static class Sets extends Copier {
        @Override
        final long weigh(Object object, CopyRun run) {
            Collection<?> set = (Collection<?>) object;
            return run.weighAll(64 + 48L * set.size(), set);
        }
    }

    static final class MutableSet extends Sets {
        @Override
        Object copy(Object source, CopyRun run) {
            Set<?> set = (Set<?>) source;
            Set<@Nullable Object> copy;
            if (set instanceof TreeSet<?> sorted) {
                if (sorted.comparator() != null) {
                    return UNCOPYABLE;
                }
                copy = new TreeSet<>();
            } else if (set instanceof LinkedHashSet) {
                copy = new LinkedHashSet<>();
            } else {
                copy = new HashSet<>();
            }
            return copyInto(copy, set, run) ? copy : UNCOPYABLE;
        }
    }

    /** {@code Set.of} and {@link Collections#singleton}: shared if all elements are. */
    static final class ImmutableSet extends Sets {
        @Override
        Object copy(Object source, CopyRun run) {
            @Nullable Object[] elements = ((Set<?>) source).toArray();
            @Nullable Object[] copies = elements.clone();
            if (!ArrayCopiers.copyElements(copies, run)) {
                return UNCOPYABLE;
            }
            if (ListCopiers.same(elements, copies)) {
                return source;
            }
            // A singleton may hold null, Set.of may not; a changed element is never null.
            return Set.of(copies);
        }
    }

    static final class Deque extends Copier {
        @Override
        Object copy(Object source, CopyRun run) {
            ArrayDeque<?> deque = (ArrayDeque<?>) source;
            ArrayDeque<Object> copy = new ArrayDeque<>(deque.size() + 1);
            return copyInto(copy, deque, run) ? copy : UNCOPYABLE;
        }

        @Override
        long weigh(Object object, CopyRun run) {
            Collection<?> deque = (Collection<?>) object;
            return run.weighAll(24 + FlatWeight.array(deque.size() + 1L, 4), deque);
        }
    }

    private static final class EnumSets extends Copier {
        @Override
        Object copy(Object source, CopyRun run) {
            return ((EnumSet<?>) source).clone();
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return 40;
        }
    }
}
