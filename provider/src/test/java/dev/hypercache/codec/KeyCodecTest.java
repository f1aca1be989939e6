package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.EncodingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.interceptor.SimpleKey;

class KeyCodecTest {
    private static final long SEED = Long.getLong("hypercache.sim.seed", 4_711L);

    private final CodecRegistry registry =
            new CodecRegistry(() -> KeyCodecTest.class.getClassLoader(), CodecSettings.embedded(DefaultCodec.AUTO));
    private final KeyCodec keys = registry.keys(Object.class);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void equalKeysHaveEqualBytesHoweverTheyWereMade() {
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);
        for (int i = 0; i < 5_000; i++) {
            long seed = random.nextLong();
            Object key = new RandomKeys(seed, false).next(0);
            Object twin = new RandomKeys(seed, true).next(0);
            assertThat(Objects.deepEquals(key, twin))
                    .as("twins are equal: %s %s", key, twin)
                    .isTrue();

            byte[] bytes = keys.encode(key);

            String replay = "replay with -Dhypercache.sim.seed=" + SEED + ": " + key;
            assertThat(keys.encode(twin)).as(replay).isEqualTo(bytes);
            Object decoded = keys.decode(bytes);
            assertThat(Objects.deepEquals(decoded, key)).as(replay).isTrue();
            assertThat(keys.encode(decoded)).as(replay).isEqualTo(bytes);
        }
    }

    @Test
    void differentKeysHaveDifferentBytes() {
        List<Object> different = List.of(
                1,
                1L,
                (short) 1,
                (byte) 1,
                '1',
                "1",
                1.0,
                1.0f,
                true,
                List.of(1),
                Set.of(1),
                new int[] {1},
                new Object[] {1},
                Map.of(1, 1),
                new Wrapped(1),
                new SimpleKey(1),
                -0.0,
                0.0);
        Set<String> seen = new HashSet<>();
        for (Object key : different) {
            assertThat(seen.add(Arrays.toString(keys.encode(key))))
                    .as(key.toString())
                    .isTrue();
        }
    }

    record Wrapped(Object value) {}

    @Test
    void everyKindOfListSetAndMapIsTheSameKey() {
        List<List<Integer>> lists = List.of(
                List.of(1, 2),
                Arrays.asList(1, 2),
                new ArrayList<>(List.of(1, 2)),
                new LinkedList<>(List.of(1, 2)),
                new Vector<>(List.of(1, 2)),
                Collections.unmodifiableList(Arrays.asList(1, 2)),
                List.of(0, 1, 2).subList(1, 3));
        List<Set<Color>> sets = List.of(
                Set.of(Color.A, Color.B),
                new HashSet<>(List.of(Color.B, Color.A)),
                new LinkedHashSet<>(List.of(Color.B, Color.A)),
                new TreeSet<>(Set.of(Color.A, Color.B)),
                EnumSet.allOf(Color.class));
        List<Map<Color, String>> maps = List.of(
                Map.of(Color.A, "a", Color.B, "b"),
                new HashMap<>(Map.of(Color.A, "a", Color.B, "b")),
                new LinkedHashMap<>(Map.of(Color.A, "a", Color.B, "b")),
                new TreeMap<>(Map.of(Color.A, "a", Color.B, "b")),
                new EnumMap<>(Map.of(Color.A, "a", Color.B, "b")));

        for (List<?> kinds : List.of(lists, sets, maps)) {
            byte[] bytes = keys.encode(kinds.get(0));
            assertThat(kinds).allSatisfy(kind -> assertThat(keys.encode(kind)).isEqualTo(bytes));
        }
    }

    enum Color {
        A,
        B
    }

    @Test
    void springKeysCompareArraysByContentWhateverTheirComponentType() {
        SimpleKey strings = new SimpleKey("m", new String[] {"a"}, new int[] {1});
        SimpleKey objects = new SimpleKey("m", new Object[] {"a"}, new int[] {1});

        assertThat(strings).isEqualTo(objects);
        assertThat(keys.encode(strings)).isEqualTo(keys.encode(objects));
        assertThat(keys.decode(keys.encode(strings))).isEqualTo(strings).hasSameHashCodeAs(strings);
    }

    @Test
    void sharedPartsOfASerializableKeyDoNotShow() {
        String shared = new String("a");
        Pair sharing = new Pair(shared, shared);
        Pair separate = new Pair(new String("a"), new String("a"));

        assertThat(keys.encode(sharing)).isEqualTo(keys.encode(separate));
        assertThat(keys.decode(keys.encode(sharing))).isEqualTo(separate);
    }

    @Test
    void keyWhoseBytesAreNotStableIsRefusedAtItsFirstUse() {
        assertThatThrownBy(() -> keys.encode(new Restless()))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll(Restless.class.getName(), "gives other bytes", "Use a record");
    }

    @Test
    void keyWithoutEqualsIsRefused() {
        assertThatThrownBy(() -> keys.encode(new NoEquals()))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll(NoEquals.class.getName(), "not equal", "Use a record");
    }

    @Test
    void serializableKeyWithACollectionIsRefused() {
        assertThatThrownBy(() -> keys.encode(new Pair("a", List.of("b"))))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll(Pair.class.getName(), "collection", "Use a record");
    }

    @Test
    void collectionWithAnEqualityOfItsOwnIsNoKey() {
        TreeSet<String> caseless = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        caseless.add("a");

        assertThatThrownBy(() -> keys.encode(caseless)).isInstanceOf(EncodingException.class);
        assertThatThrownBy(() -> keys.encode(new IdentityHashMap<>(Map.of("a", 1))))
                .isInstanceOf(EncodingException.class);
    }

    @Test
    void addressWhoseEqualsIgnoresCaseIsNoKey() {
        assertThatThrownBy(() -> keys.encode(java.net.URI.create("HTTP://example.org")))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("java.net.URI", "ignores case", "a String");
    }

    @Test
    void keyNestedTooDeeplyIsRefused() {
        Object key = 1;
        for (int i = 0; i < 70; i++) {
            key = List.of(key);
        }
        Object deep = key;

        assertThatThrownBy(() -> keys.encode(deep))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("deeper than 64");
    }

    record PairKey(Object left, Object right) {}

    static final class Pair implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object left;

        @SuppressWarnings("serial")
        private final Object right;

        Pair(Object left, Object right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pair pair && pair.left.equals(left) && pair.right.equals(right);
        }

        @Override
        public int hashCode() {
            return Objects.hash(left, right);
        }
    }

    static final class NoEquals implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Writes something else each time. */
    static final class Restless implements Serializable {
        private static final long serialVersionUID = 1L;
        private int generation;

        private void readObject(java.io.ObjectInputStream in) throws java.io.IOException, ClassNotFoundException {
            in.defaultReadObject();
            generation++;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Restless;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Makes the same key from the same seed, as a twin out of other kinds and in another order. */
    private static final class RandomKeys {
        private final RandomGenerator random;
        private final boolean twin;

        RandomKeys(long seed, boolean twin) {
            this.random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
            this.twin = twin;
        }

        Object next(int depth) {
            return switch (random.nextInt(depth < 4 ? 14 : 8)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextLong();
                case 2 -> text();
                case 3 -> (char) random.nextInt(65_536);
                case 4 -> random.nextBoolean();
                case 5 -> Double.longBitsToDouble(random.nextLong());
                case 6 ->
                    new java.math.BigDecimal(
                            new java.math.BigInteger(64, new java.util.Random(random.nextInt())), random.nextInt(10));
                case 7 -> Color.values()[random.nextInt(2)];
                case 8 -> list(depth);
                case 9 -> new HashSet<>(ordered(depth));
                case 10 -> map(depth);
                case 11 -> new PairKey(next(depth + 1), next(depth + 1));
                case 12 -> new SimpleKey(next(depth + 1), text());
                default -> set(depth);
            };
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
            }
            return text.toString();
        }

        private List<Object> ordered(int depth) {
            List<Object> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(next(depth + 1));
            }
            if (twin) {
                Collections.reverse(elements);
            }
            return elements;
        }

        private List<Object> list(int depth) {
            List<Object> elements = ordered(depth);
            if (twin) {
                Collections.reverse(elements);
                return new LinkedList<>(elements);
            }
            return elements;
        }

        private Set<Object> set(int depth) {
            List<Object> elements = ordered(depth);
            return twin ? new LinkedHashSet<>(elements) : Set.copyOf(elements);
        }

        private Map<Object, Object> map(int depth) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Object element : ordered(depth)) {
                map.put(element, String.valueOf(element.hashCode()));
            }
            return twin ? map : new HashMap<>(map);
        }
    }
}
