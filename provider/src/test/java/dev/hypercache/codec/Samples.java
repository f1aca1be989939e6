package dev.hypercache.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;

/** One value of each kind that has a built-in encoding, under the name it has in the golden file. */
final class Samples {
    private Samples() {}

    record Point(int x, long y, String name) {}

    record Line(Point from, List<Point> via, Point to) {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        scalars(all);
        times(all);
        arrays(all);
        collections(all);
        all.put("enum", Color.RED);
        all.put("enum-with-body", Color.GREEN);
        all.put("record", new Point(1, -2, "p"));
        all.put("record-nested", new Line(new Point(0, 0, "a"), List.of(new Point(1, 1, "b")), null));
        all.put("spring-simple-key", new SimpleKey("a", 1, null, new String[] {"x"}));
        all.put("spring-simple-key-empty", SimpleKey.EMPTY);
        all.put("spring-null-value", NullValue.INSTANCE);
        return all;
    }

    private static void scalars(Map<String, Object> all) {
        all.put("boolean-false", false);
        all.put("boolean-true", true);
        all.put("byte", (byte) -1);
        all.put("short", (short) 258);
        all.put("char", '\u20ac');
        all.put("int", 16_909_060);
        all.put("long", 72_623_859_790_382_856L);
        all.put("float", 1.5f);
        all.put("float-nan", Float.NaN);
        all.put("double", -0.0);
        all.put("string", "text");
        all.put("string-empty", "");
        all.put("string-emoji", "\u00e9\ud83d\ude00");
        all.put("string-lone-surrogate", "a\ud83d");
        all.put("big-integer", new BigInteger("-129"));
        all.put("big-decimal", new BigDecimal("1.0"));
        all.put("big-decimal-scaled", new BigDecimal("1.00"));
        all.put("uuid", new UUID(1, 2));
        all.put("date", new Date(1_000));
        all.put("locale", Locale.CANADA_FRENCH);
        all.put("currency", Currency.getInstance("EUR"));
        all.put("optional", Optional.of("x"));
        all.put("optional-empty", Optional.empty());
    }

    private static void times(Map<String, Object> all) {
        LocalDateTime local = LocalDateTime.of(2026, 10, 25, 2, 30, 0, 5);
        all.put("instant", Instant.ofEpochSecond(-1, 5));
        all.put("local-date", LocalDate.of(2026, 2, 28));
        all.put("local-time", LocalTime.of(23, 59, 59, 999_999_999));
        all.put("local-date-time", local);
        all.put("zone-offset", ZoneOffset.ofHoursMinutes(5, 30));
        all.put("zone-id", ZoneId.of("Europe/Paris"));
        all.put("offset-time", OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC));
        all.put("offset-date-time", OffsetDateTime.of(local, ZoneOffset.ofHours(-3)));
        all.put("zoned-date-time", ZonedDateTime.ofLocal(local, ZoneId.of("Europe/Paris"), ZoneOffset.ofHours(1)));
        all.put("duration", Duration.ofSeconds(-1, 1));
        all.put("period", Period.of(1, -2, 3));
        all.put("year", Year.of(2026));
        all.put("year-month", YearMonth.of(2026, 11));
        all.put("month-day", MonthDay.of(2, 29));
        all.put("day-of-week", DayOfWeek.MONDAY);
    }

    private static void arrays(Map<String, Object> all) {
        all.put("boolean-array", new boolean[] {true, false});
        all.put("byte-array", new byte[] {1, -1});
        all.put("short-array", new short[] {1, -1});
        all.put("char-array", new char[] {'a'});
        all.put("int-array", new int[] {1, -1});
        all.put("long-array", new long[] {1, -1});
        all.put("float-array", new float[] {1, Float.NaN});
        all.put("double-array", new double[] {1, -1});
        all.put("object-array", new Object[] {"a", 1, null});
        all.put("string-array", new String[] {"a", null});
        all.put("int-array-array", new int[][] {{1}, {}});
    }

    private static void collections(Map<String, Object> all) {
        List<Object> withNull = Arrays.asList("b", null, "a");
        all.put("list-of", List.of("b", "a", "c"));
        all.put("list-with-null", withNull.stream().toList());
        all.put("array-list", new ArrayList<>(withNull));
        all.put("linked-list", new LinkedList<>(withNull));
        all.put("as-list", withNull);
        all.put("set-of", Set.of("b", "a"));
        all.put("hash-set", new HashSet<>(withNull));
        all.put("linked-hash-set", new LinkedHashSet<>(withNull));
        all.put("tree-set", new TreeSet<>(Set.of("b", "a")));
        all.put("map-of", Map.of("b", 1, "a", 2));
        all.put("hash-map", new HashMap<>(Map.of("b", 1, "a", 2)));
        all.put("tree-map", new TreeMap<>(Map.of("b", 1, "a", 2)));
        all.put("concurrent-hash-map", new ConcurrentHashMap<>(Map.of("b", 1, "a", 2)));
        Map<Object, Object> linked = new LinkedHashMap<>();
        linked.put("b", null);
        linked.put(null, 1);
        all.put("linked-hash-map", linked);
    }
}
