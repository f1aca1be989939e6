package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByValueHandlesTest {
    private final CodecRegistry registry = new CodecRegistry(
            () -> ByValueHandlesTest.class.getClassLoader(), CodecSettings.embedded(DefaultCodec.AUTO));
    private final Handles handles = registry.byValue("orders", Object.class, Object.class);

    @AfterEach
    void close() {
        registry.close();
    }

    static Stream<Object> immutables() {
        return Stream.of(
                "text",
                1,
                2L,
                'c',
                true,
                1.5,
                new BigDecimal("1.0"),
                UUID.randomUUID(),
                Instant.EPOCH,
                ZoneId.of("Europe/Paris"),
                DayOfWeek.MONDAY,
                List.of("a", 1),
                Set.of("a", 1),
                Map.of("a", 1),
                Optional.of("x"),
                Collections.emptyList(),
                new Point(1, 2, "p"),
                new Chain(1, new Chain(2, null)),
                new Tagged("x", List.of("a")));
    }

    @ParameterizedTest
    @MethodSource("immutables")
    void immutableObjectIsSharedAndNotCopied(Object value) {
        Object handle = handles.handleOf(value);

        assertThat(handle).isSameAs(value);
        assertThat(handles.valueOf(handle)).isSameAs(value);
        assertThat(handles.keyHandleOf(value)).isSameAs(value);
        assertThat(handles.weigh("k", handle)).isPositive();
    }

    static Stream<Object> mutables() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("dates", new ArrayList<>(List.of(new Date(1), new Date(2))));
        nested.put("null", null);
        EnumMap<DayOfWeek, Date> enumMap = new EnumMap<>(DayOfWeek.class);
        enumMap.put(DayOfWeek.FRIDAY, new Date(3));
        return Stream.of(
                new ArrayList<>(Arrays.asList("a", null, new Date(1))),
                new LinkedList<>(List.of(new Date(1))),
                Arrays.asList(new Date(1), null),
                List.of(new Date(1)),
                List.of(new Date(1), new Date(2), new Date(3)),
                Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
                Collections.singletonList(new Date(5)),
                Set.of(new Date(1), new Date(2)),
                Map.of("a", new Date(1)),
                Map.of("a", new Date(1), "b", new Date(2)),
                Optional.of(new Date(7)),
                new HashSet<>(List.of(new Date(1))),
                new TreeSet<>(List.of("a", "b")),
                new TreeMap<>(Map.of("a", new Date(1))),
                new ConcurrentHashMap<>(Map.of("a", new Date(1))),
                EnumSet.of(DayOfWeek.MONDAY),
                enumMap,
                nested,
                new Date(9),
                new java.sql.Timestamp(9),
                BitSet.valueOf(new long[] {5}),
                new Tagged("x", new ArrayList<>(List.of("a"))),
                new Tagged("x", List.of(new Date(1))));
    }

    @ParameterizedTest
    @MethodSource("mutables")
    void mutableObjectIsCopiedWithItsKind(Object value) {
        Object handle = handles.handleOf(value);
        Object read = handles.valueOf(handle);

        assertThat(handle)
                .isNotSameAs(value)
                .isNotInstanceOf(EncodedValue.class)
                .isEqualTo(value);
        assertThat(read).isNotSameAs(handle).isNotSameAs(value).isEqualTo(value);
        assertThat(kind(handle)).isEqualTo(kind(value));
        assertThat(kind(read)).isEqualTo(kind(value));
        assertThat(handles.weigh("k", handle)).isGreaterThan(40);
        assertThat(handles.sameValue(handle, value)).isTrue();
    }

    /** Singletons of the class Collections become those of List.of, both immutable. */
    private static String kind(Object object) {
        return object.getClass().getName().replace("Collections$SingletonList", "ImmutableCollections$List12");
    }

    @Test
    void changingTheOriginalOrTheReadCopyDoesNotChangeTheCache() {
        Date date = new Date(1);
        List<Object> list = new ArrayList<>(List.of(date, new ArrayList<>(List.of("inner"))));
        Tagged record = new Tagged("t", list);

        Object handle = handles.handleOf(record);
        date.setTime(99);
        list.clear();
        Tagged first = (Tagged) handles.valueOf(handle);
        ((Date) first.tags().get(0)).setTime(55);
        ((List<?>) first.tags().get(1)).clear();
        Tagged second = (Tagged) handles.valueOf(handle);

        assertThat(second.tags())
                .hasToString(List.of(new Date(1), List.of("inner")).toString());
    }

    @Test
    void arraysAreCopiedDeeplyAndComparedByContent() {
        Object[] array = {new byte[] {1, 2}, "x", new Date(4), null};

        Object handle = handles.handleOf(array);
        ((byte[]) array[0])[0] = 9;

        assertThat(handles.sameValue(handle, new Object[] {new byte[] {1, 2}, "x", new Date(4), null}))
                .isTrue();
        assertThat(handles.sameValue(handle, array)).isFalse();
        assertThat(handles.sameValue(handles.handleOf(new byte[] {1}), new byte[] {1}))
                .isTrue();
        assertThat((String[][]) handles.valueOf(handles.handleOf(new String[][] {{"a"}})))
                .isDeepEqualTo(new String[][] {{"a"}});
    }

    @Test
    void serializableObjectIsHeldAsBytes() {
        Pojo pojo = new Pojo("a");

        Object handle = handles.handleOf(pojo);
        pojo.name = "changed";

        assertThat(handle).isInstanceOf(EncodedValue.class);
        assertThat(((Pojo) handles.valueOf(handle)).name).isEqualTo("a");
        assertThat(handles.weigh("k", handle)).isGreaterThan(((EncodedValue) handle).length());
        assertThat(handles.sameValue(handle, new Pojo("a"))).isTrue();
        assertThat(handles.sameValue(handle, handles.handleOf(new Pojo("a")))).isTrue();
        assertThat(handles.sameValue(handle, new Pojo("b"))).isFalse();
        assertThat(handles.sameValue(handle, "b")).isFalse();
    }

    @Test
    void serializableKeyIsCopiedToAnEqualObject() {
        Pojo key = new Pojo("a");

        Object handle = handles.keyHandleOf(key);

        assertThat(handle).isInstanceOf(Pojo.class).isNotSameAs(key).isEqualTo(key);
        assertThat(handles.keyOf(handle)).isNotSameAs(handle).isEqualTo(key);
        assertThat(handles.weigh(handle, "v")).isPositive();
    }

    @Test
    void subclassOfAKnownMutableClassIsNotTakenForIt() {
        Object handle = handles.handleOf(new MyList("mine"));

        assertThat(handle).isInstanceOf(EncodedValue.class);
        assertThat(handles.valueOf(handle)).isInstanceOf(MyList.class);
    }

    @Test
    void sortedCollectionKeepsItsComparator() {
        TreeMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("A", 1);
        TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder());
        set.addAll(List.of("a", "b"));

        assertThat(((TreeMap<?, ?>) handles.valueOf(handles.handleOf(map))).comparator())
                .isEqualTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(((TreeSet<?>) handles.valueOf(handles.handleOf(set))).first())
                .isEqualTo("b");
    }

    @Test
    void cyclicCollectionIsLeftToSerialization() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);

        Object read = handles.valueOf(handles.handleOf(cycle));

        assertThat(read).isInstanceOf(List.class);
        assertThat(((List<?>) read).get(0)).isSameAs(read);
    }

    @Test
    void graphThatSharesItsPartsDoesNotExplode() {
        List<Object> list = new ArrayList<>(List.of(new Date(1)));
        for (int i = 0; i < 40; i++) {
            list = new ArrayList<>(List.of(list, list));
        }

        assertThat(handles.handleOf(list)).isInstanceOf(EncodedValue.class);
    }

    @Test
    void recordWithoutSerializableIsCopiedByItsComponents() {
        assertThat(handles.valueOf(handles.handleOf(new Tagged("a", new ArrayList<>(List.of(1))))))
                .isEqualTo(new Tagged("a", List.of(1)));
    }

    @Test
    void nonSerializableValueIsRefusedWithCacheClassRuleAndRemedy() {
        assertThatThrownBy(() -> handles.handleOf(new Opaque()))
                .isInstanceOf(UnstorableValueException.class)
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(
                        "'orders'",
                        "stores by value",
                        Opaque.class.getName(),
                        "Serializable",
                        "record",
                        "setStoreByValue(false)");
        assertThatThrownBy(() -> handles.handleOf(new ArrayList<>(List.of(new Opaque()))))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContainingAll(Opaque.class.getName());
        assertThatThrownBy(() -> handles.keyHandleOf(new Opaque()))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContaining("key of class " + Opaque.class.getName());
    }

    @Test
    void byReferenceNothingIsCopied() {
        Handles reference = Handles.byReference();
        Object value = new Opaque();

        assertThat(reference.handleOf(value)).isSameAs(value);
        assertThat(reference.valueOf(value)).isSameAs(value);
        assertThat(reference.keyHandleOf(value)).isSameAs(value);
        assertThat(reference.keyOf(value)).isSameAs(value);
        assertThat(reference.sameValue(new byte[1], new byte[1])).isFalse();
        assertThat(reference.weigh("k", value)).isEqualTo(Handles.UNKNOWN_WEIGHT);
        assertThat(reference.weigh("k", "v")).isEqualTo(96);
    }

    record Point(int x, long y, String name) {}

    record Chain(int value, Chain next) {}

    record Tagged(String name, List<?> tags) {}

    static final class Opaque {}

    static final class MyList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        MyList(Object element) {
            add(element);
        }
    }

    static final class Pojo implements Serializable {
        private static final long serialVersionUID = 1L;
        String name;

        Pojo(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pojo && ((Pojo) other).name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
