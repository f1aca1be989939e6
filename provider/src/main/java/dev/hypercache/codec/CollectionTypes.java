package dev.hypercache.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists, sets and maps of the JDK. Tags 48 to 71.
 *
 * <p>As a value, a collection keeps its kind. As a key all lists are one kind, all sets, and all maps, because {@code
 * equals} does not tell them apart; a sorted collection with a comparator has its own idea of equality and is no key.
 */
final class CollectionTypes {
    private static final int LIST = 48;
    private static final int SET = 56;
    private static final int MAP = 64;

    private final BuiltinType list;
    private final BuiltinType set;
    private final BuiltinType map;
    private final Map<Class<?>, BuiltinType> kinds = new HashMap<>();

    CollectionTypes(BuiltinTypes types) {
        list = types.add(BuiltinType.<Collection<?>>of(LIST, BuiltinWriter::writeAll, CollectionTypes::readList));
        set = types.add(BuiltinType.<Collection<?>>of(SET, BuiltinWriter::writeSorted, CollectionTypes::readSet));
        map = types.add(BuiltinType.<Map<?, ?>>of(MAP, BuiltinWriter::writeSortedEntries, CollectionTypes::readMap));
        for (Object immutable : new Object[] {List.of(), List.of(1)}) {
            kinds.put(immutable.getClass(), list);
        }
        for (Object immutable : new Object[] {Set.of(), Set.of(1)}) {
            kinds.put(immutable.getClass(), set);
        }
        for (Object immutable : new Object[] {Map.of(), Map.of(1, 1)}) {
            kinds.put(immutable.getClass(), map);
        }
        kind(types, ArrayList.class, collection(LIST + 1, true, ArrayList::new));
        kind(types, LinkedList.class, collection(LIST + 2, true, LinkedList::new));
        kind(
                types,
                Arrays.asList().getClass(),
                BuiltinType.<Collection<?>>of(LIST + 3, BuiltinWriter::writeAll, in -> Arrays.asList(in.readArray())));
        kind(types, HashSet.class, collection(SET + 1, false, HashSet::new));
        kind(types, LinkedHashSet.class, collection(SET + 2, true, LinkedHashSet::new));
        kind(types, TreeSet.class, collection(SET + 3, true, TreeSet::new));
        kind(types, HashMap.class, entries(MAP + 1, false, HashMap::new));
        kind(types, LinkedHashMap.class, entries(MAP + 2, true, LinkedHashMap::new));
        kind(types, TreeMap.class, entries(MAP + 3, true, TreeMap::new));
        kind(types, ConcurrentHashMap.class, entries(MAP + 4, false, ConcurrentHashMap::new));
    }

    private void kind(BuiltinTypes types, Class<?> exactClass, BuiltinType type) {
        kinds.put(exactClass, types.add(type));
    }

    private static BuiltinType collection(
            int tag, boolean ordered, Supplier<? extends Collection<@Nullable Object>> factory) {
        return BuiltinType.<Collection<?>>of(
                tag, ordered ? BuiltinWriter::writeAll : BuiltinWriter::writeSorted, in -> in.readInto(factory.get()));
    }

    private static BuiltinType entries(
            int tag, boolean ordered, Supplier<? extends Map<@Nullable Object, @Nullable Object>> factory) {
        return BuiltinType.<Map<?, ?>>of(
                tag,
                ordered ? BuiltinWriter::writeEntries : BuiltinWriter::writeSortedEntries,
                in -> in.readInto(factory.get()));
    }

    /** The type of a collection of the JDK, or null if it has none. */
    @Nullable
    BuiltinType of(Object object, boolean key) {
        if (object instanceof SortedSet<?> sorted && sorted.comparator() != null
                || object instanceof SortedMap<?, ?> map && map.comparator() != null) {
            return null;
        }
        if (!key) {
            return kinds.get(object.getClass());
        }
        if (object instanceof List) {
            return list;
        }
        if (object instanceof Set) {
            return isPlainSet(object) ? set : null;
        }
        return object instanceof Map && isPlainMap(object) ? map : null;
    }

    boolean canHold(Class<?> type) {
        return kinds.containsKey(type);
    }

    /** Sets that compare their elements by equals. A wrapper may hide one that does not. */
    private boolean isPlainSet(Object object) {
        Class<?> type = object.getClass();
        return kinds.containsKey(type)
                || object instanceof EnumSet
                || type == Collections.emptySet().getClass()
                || type == Collections.singleton(1).getClass();
    }

    private boolean isPlainMap(Object object) {
        Class<?> type = object.getClass();
        return kinds.containsKey(type)
                || type == EnumMap.class
                || type == Collections.emptyMap().getClass()
                || type == Collections.singletonMap(1, 1).getClass();
    }

    private static List<@Nullable Object> readList(BuiltinReader in) {
        @Nullable Object[] elements = in.readArray();
        return Arrays.asList(elements).contains(null) ? Arrays.stream(elements).toList() : List.of(elements);
    }

    private static Set<@Nullable Object> readSet(BuiltinReader in) {
        Set<@Nullable Object> elements = in.readInto(new LinkedHashSet<@Nullable Object>());
        return elements.contains(null) ? Collections.unmodifiableSet(elements) : Set.copyOf(elements);
    }

    private static Map<@Nullable Object, @Nullable Object> readMap(BuiltinReader in) {
        Map<@Nullable Object, @Nullable Object> entries =
                in.readInto(new LinkedHashMap<@Nullable Object, @Nullable Object>());
        return entries.containsKey(null) || entries.containsValue(null)
                ? Collections.unmodifiableMap(entries)
                : Map.copyOf(entries);
    }
}
