package dev.hypercache.codec;

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

/** The classes of java.time. Tags 80 to 95. */
final class TimeTypes {
    static final int ZONE_ID = 93;

    private TimeTypes() {}

    static void addTo(BuiltinTypes types) {
        types.add(Instant.class, BuiltinType.of(80, TimeTypes::writeInstant, TimeTypes::readInstant));
        types.add(LocalDate.class, BuiltinType.of(81, TimeTypes::writeDate, TimeTypes::readDate));
        types.add(LocalTime.class, BuiltinType.of(82, TimeTypes::writeTime, TimeTypes::readTime));
        types.add(LocalDateTime.class, BuiltinType.of(83, TimeTypes::writeDateTime, TimeTypes::readDateTime));
        types.add(ZoneOffset.class, BuiltinType.of(84, TimeTypes::writeOffset, TimeTypes::readOffset));
        types.add(OffsetTime.class, BuiltinType.of(85, TimeTypes::writeOffsetTime, TimeTypes::readOffsetTime));
        types.add(
                OffsetDateTime.class,
                BuiltinType.of(86, TimeTypes::writeOffsetDateTime, TimeTypes::readOffsetDateTime));
        types.add(ZonedDateTime.class, BuiltinType.of(87, TimeTypes::writeZoned, TimeTypes::readZoned));
        types.add(Duration.class, BuiltinType.of(88, TimeTypes::writeDuration, TimeTypes::readDuration));
        types.add(Period.class, BuiltinType.of(89, TimeTypes::writePeriod, TimeTypes::readPeriod));
        types.add(Year.class, BuiltinType.of(90, (out, v) -> out.writeInt(v.getValue()), in -> Year.of(in.readInt())));
        types.add(YearMonth.class, BuiltinType.of(91, TimeTypes::writeYearMonth, TimeTypes::readYearMonth));
        types.add(MonthDay.class, BuiltinType.of(92, TimeTypes::writeMonthDay, TimeTypes::readMonthDay));
        types.add(
                BuiltinType.<ZoneId>of(ZONE_ID, (out, v) -> out.writeText(v.getId()), in -> ZoneId.of(in.readText())));
    }

    private static void writeInstant(BuiltinWriter out, Instant value) {
        out.writeLong(value.getEpochSecond());
        out.writeInt(value.getNano());
    }

    private static Instant readInstant(BuiltinReader in) {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeDate(BuiltinWriter out, LocalDate value) {
        out.writeLong(value.toEpochDay());
    }

    private static LocalDate readDate(BuiltinReader in) {
        return LocalDate.ofEpochDay(in.readLong());
    }

    private static void writeTime(BuiltinWriter out, LocalTime value) {
        out.writeLong(value.toNanoOfDay());
    }

    private static LocalTime readTime(BuiltinReader in) {
        return LocalTime.ofNanoOfDay(in.readLong());
    }

    private static void writeDateTime(BuiltinWriter out, LocalDateTime value) {
        writeDate(out, value.toLocalDate());
        writeTime(out, value.toLocalTime());
    }

    private static LocalDateTime readDateTime(BuiltinReader in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static void writeOffset(BuiltinWriter out, ZoneOffset value) {
        out.writeInt(value.getTotalSeconds());
    }

    private static ZoneOffset readOffset(BuiltinReader in) {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    private static void writeOffsetTime(BuiltinWriter out, OffsetTime value) {
        writeTime(out, value.toLocalTime());
        writeOffset(out, value.getOffset());
    }

    private static OffsetTime readOffsetTime(BuiltinReader in) {
        return OffsetTime.of(readTime(in), readOffset(in));
    }

    private static void writeOffsetDateTime(BuiltinWriter out, OffsetDateTime value) {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
    }

    private static OffsetDateTime readOffsetDateTime(BuiltinReader in) {
        return OffsetDateTime.of(readDateTime(in), readOffset(in));
    }

    private static void writeZoned(BuiltinWriter out, ZonedDateTime value) {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
        out.writeText(value.getZone().getId());
    }

    /** The offset tells which of two equal wall-clock times was meant. */
    private static ZonedDateTime readZoned(BuiltinReader in) {
        LocalDateTime local = readDateTime(in);
        ZoneOffset offset = readOffset(in);
        return ZonedDateTime.ofInstant(local, offset, ZoneId.of(in.readText()));
    }

    private static void writeDuration(BuiltinWriter out, Duration value) {
        out.writeLong(value.getSeconds());
        out.writeInt(value.getNano());
    }

    private static Duration readDuration(BuiltinReader in) {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    private static void writePeriod(BuiltinWriter out, Period value) {
        out.writeInt(value.getYears());
        out.writeInt(value.getMonths());
        out.writeInt(value.getDays());
    }

    private static Period readPeriod(BuiltinReader in) {
        return Period.of(in.readInt(), in.readInt(), in.readInt());
    }

    private static void writeYearMonth(BuiltinWriter out, YearMonth value) {
        out.writeInt(value.getYear());
        out.writeByte(value.getMonthValue());
    }

    private static YearMonth readYearMonth(BuiltinReader in) {
        return YearMonth.of(in.readInt(), in.readByte());
    }

    private static void writeMonthDay(BuiltinWriter out, MonthDay value) {
        out.writeByte(value.getMonthValue());
        out.writeByte(value.getDayOfMonth());
    }

    private static MonthDay readMonthDay(BuiltinReader in) {
        return MonthDay.of(in.readByte(), in.readByte());
    }
}
