package dev.hypercache.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK that are copied by structure, by exact class.
 *
 * <p>A class that is missing here is not wrong, only slower: it is copied by serialization. Unmodifiable sets and maps are
 * missing on purpose: what is behind them may have a comparator of its own, and a copy of the elements would lose it.
 */
final class JdkCopiers {
    // Classes of the boot loader alone: this pins nobody.
    private static final Map<Class<?>, Copier> BY_TYPE = table();

    private JdkCopiers() {}

    private static Map<Class<?>, Copier> table() {
        Map<Class<?>, Copier> table = new HashMap<>(128);
        ImmutableTypes.addTo(table);
        put(table, new ArrayCopiers.Flat(1), byte[].class, boolean[].class);
        put(table, new ArrayCopiers.Flat(2), short[].class, char[].class);
        put(table, new ArrayCopiers.Flat(4), int[].class, float[].class);
        put(table, new ArrayCopiers.Flat(8), long[].class, double[].class);

        put(table, new ListCopiers.Cloned(), ArrayList.class, LinkedList.class, Vector.class, Stack.class);
        put(table, new ListCopiers.FixedSize(), Arrays.asList().getClass());
        put(table, new ListCopiers.Immutable(), List.of().getClass(), List.of(1).getClass());
        put(table, new ListCopiers.Immutable(), Collections.singletonList(1).getClass());
        put(
                table,
                new ListCopiers.Unmodifiable(),
                Collections.unmodifiableList(new ArrayList<>()).getClass(),
                Collections.unmodifiableList(new LinkedList<>()).getClass());
        put(table, new CollectionCopiers.Deque(), ArrayDeque.class);

        put(table, new CollectionCopiers.MutableSet(), HashSet.class, LinkedHashSet.class, TreeSet.class);
        put(
                table,
                new CollectionCopiers.ImmutableSet(),
                Set.of().getClass(),
                Set.of(1).getClass());
        put(
                table,
                new CollectionCopiers.ImmutableSet(),
                Collections.singleton(1).getClass());

        put(table, new MapCopiers.Cloned(), HashMap.class, LinkedHashMap.class, TreeMap.class, EnumMap.class);
        put(table, new MapCopiers.Concurrent(), java.util.concurrent.ConcurrentHashMap.class);
        put(table, new MapCopiers.Immutable(), Map.of().getClass(), Map.of(1, 1).getClass());
        put(table, new MapCopiers.Immutable(), Collections.singletonMap(1, 1).getClass());

        put(table, ValueCopiers.DATE, Date.class);
        put(table, new ValueCopiers.Calendars(), GregorianCalendar.class);
        put(table, new ValueCopiers.Bits(), BitSet.class);
        put(table, new ValueCopiers.Optionals(), Optional.class);
        return table;
    }

    private static void put(Map<Class<?>, Copier> table, Copier copier, Class<?>... types) {
        for (Class<?> type : types) {
            table.put(type, copier);
        }
    }

    static @Nullable Copier of(Class<?> type) {
        Copier known = BY_TYPE.get(type);
        if (known != null) {
            return known;
        }
        if (Enum.class.isAssignableFrom(type)) {
            // Also the class of a constant with a body. Constants are singletons, for serialization too.
            return ImmutableTypes.SINGLETON;
        }
        if (EnumSet.class.isAssignableFrom(type)) {
            return CollectionCopiers.ENUM_SET;
        }
        if (type.isArray()) {
            return isImmutable(type.getComponentType()) ? ArrayCopiers.OF_IMMUTABLES : ArrayCopiers.OF_OBJECTS;
        }
        return byName(type.getName());
    }

    /** Whether a variable of this type can only ever hold null or a deeply immutable JDK object. */
    static boolean isImmutable(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || (java.lang.reflect.Modifier.isFinal(type.getModifiers())
                        && BY_TYPE.get(type) instanceof Copier.Immutable);
    }

    /**
     * Classes without a public name, or of modules that may be absent. Only the platform's loaders may define a class whose
     * name begins with java, so the name is proof enough.
     */
    private static @Nullable Copier byName(String name) {
        return switch (name) {
            case "java.time.ZoneRegion" -> ImmutableTypes.SINGLETON;
            case "java.sql.Timestamp", "java.sql.Date", "java.sql.Time" -> ValueCopiers.DATE;
            default -> null;
        };
    }
}
