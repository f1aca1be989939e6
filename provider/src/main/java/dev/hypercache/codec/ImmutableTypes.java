package dev.hypercache.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** The JDK classes whose instances never change and are therefore shared, by exact class, with their sizes. */
final class ImmutableTypes {
    /** Objects that exist once whatever a cache does: they weigh nothing. */
    static final Copier SINGLETON = Copier.immutable(0);

    private ImmutableTypes() {}

    static void addTo(Map<Class<?>, Copier> table) {
        Copier small = Copier.immutable(16);
        Copier medium = Copier.immutable(24);
        Copier large = Copier.immutable(72);
        for (Class<?> type : new Class<?>[] {
            Boolean.class, Byte.class, Short.class, Character.class, Integer.class, Float.class, Year.class
        }) {
            table.put(type, small);
        }
        for (Class<?> type : new Class<?>[] {
            Long.class,
            Double.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            Duration.class,
            Period.class,
            YearMonth.class,
            MonthDay.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class
        }) {
            table.put(type, medium);
        }
        table.put(UUID.class, Copier.immutable(32));
        for (Class<?> type :
                new Class<?>[] {LocalDateTime.class, OffsetTime.class, OffsetDateTime.class, ZonedDateTime.class}) {
            table.put(type, large);
        }
        for (Class<?> type : new Class<?>[] {
            Locale.class,
            Currency.class,
            ZoneOffset.class,
            Collections.emptyList().getClass(),
            Collections.emptySet().getClass(),
            Collections.emptyMap().getClass()
        }) {
            table.put(type, SINGLETON);
        }
        addSized(table);
    }

    private static void addSized(Map<Class<?>, Copier> table) {
        table.put(String.class, new Copier.Immutable() {
            @Override
            long weigh(Object object, CopyRun run) {
                return FlatWeight.string((String) object);
            }
        });
        table.put(BigInteger.class, new Copier.Immutable() {
            @Override
            long weigh(Object object, CopyRun run) {
                return 40 + FlatWeight.array(((BigInteger) object).bitLength() / 8 + 1, 1);
            }
        });
        table.put(BigDecimal.class, new Copier.Immutable() {
            @Override
            long weigh(Object object, CopyRun run) {
                int digits = ((BigDecimal) object).precision();
                return digits <= 18 ? 40 : 80 + FlatWeight.array(digits * 10L / 24 + 1, 1);
            }
        });
        table.put(URI.class, new Copier.Immutable() {
            @Override
            long weigh(Object object, CopyRun run) {
                return 80 + 2 * FlatWeight.string(object.toString());
            }
        });
        table.put(Pattern.class, new Copier.Immutable() {
            @Override
            long weigh(Object object, CopyRun run) {
                return 512 + FlatWeight.string(object.toString());
            }
        });
    }
}
