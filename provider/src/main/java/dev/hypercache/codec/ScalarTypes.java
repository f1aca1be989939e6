package dev.hypercache.codec;

import dev.hypercache.spi.codec.DecodingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Text, numbers and other flat values. Tags 1 to 31. */
final class ScalarTypes {
    private ScalarTypes() {}

    static void addTo(BuiltinTypes types) {
        types.add(Boolean.class, BuiltinType.of(1, (out, v) -> out.writeByte(v ? 1 : 0), ScalarTypes::readBoolean));
        types.add(Byte.class, BuiltinType.<Byte>of(3, BuiltinWriter::writeByte, BuiltinReader::readByte));
        types.add(Short.class, BuiltinType.<Short>of(4, BuiltinWriter::writeShort, BuiltinReader::readShort));
        types.add(
                Character.class, BuiltinType.<Character>of(5, BuiltinWriter::writeShort, in -> (char) in.readShort()));
        types.add(Integer.class, BuiltinType.<Integer>of(6, BuiltinWriter::writeInt, BuiltinReader::readInt));
        types.add(Long.class, BuiltinType.<Long>of(7, BuiltinWriter::writeLong, BuiltinReader::readLong));
        types.add(
                Float.class,
                BuiltinType.<Float>of(8, BuiltinWriter::writeFloat, in -> Float.intBitsToFloat(in.readInt())));
        types.add(
                Double.class,
                BuiltinType.<Double>of(9, BuiltinWriter::writeDouble, in -> Double.longBitsToDouble(in.readLong())));
        types.add(String.class, BuiltinType.of(10, ScalarTypes::writeString, ScalarTypes::readString));
        types.add(
                BigInteger.class,
                BuiltinType.of(12, (out, v) -> out.writeBytes(v.toByteArray()), in -> new BigInteger(in.readBytes())));
        types.add(BigDecimal.class, BuiltinType.of(13, ScalarTypes::writeDecimal, ScalarTypes::readDecimal));
        types.add(UUID.class, BuiltinType.of(14, ScalarTypes::writeUuid, in -> new UUID(in.readLong(), in.readLong())));
        types.add(
                Date.class, BuiltinType.of(17, (out, v) -> out.writeLong(v.getTime()), in -> new Date(in.readLong())));
        types.add(
                Locale.class, BuiltinType.of(18, ScalarTypes::writeLocale, in -> Locale.forLanguageTag(in.readText())));
        types.add(
                Currency.class,
                BuiltinType.of(
                        19, (out, v) -> out.writeText(v.getCurrencyCode()), in -> Currency.getInstance(in.readText())));
        types.add(
                Optional.class,
                BuiltinType.<Optional<?>>of(
                        20, (out, v) -> out.write(v.orElse(null)), in -> Optional.ofNullable(in.read())));
    }

    private static Boolean readBoolean(BuiltinReader in) {
        byte value = in.readByte();
        if (value < 0 || value > 1) {
            throw new DecodingException("A boolean is 0 or 1, not " + value);
        }
        return value == 1;
    }

    /** One byte tells the form: 0 for UTF-8, 1 for UTF-16 of text with lone surrogates, which UTF-8 cannot express. */
    private static void writeString(BuiltinWriter out, String text) {
        if (isWellFormed(text)) {
            out.writeByte(0);
            out.writeText(text);
            return;
        }
        out.writeByte(1);
        out.writeCount(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.writeShort(text.charAt(i));
        }
    }

    private static String readString(BuiltinReader in) {
        byte form = in.readByte();
        if (form == 0) {
            return in.readText();
        }
        if (form != 1) {
            throw new DecodingException("Unknown form of text: " + form);
        }
        int count = in.readCount(2);
        String text = in.readBlock(count, 2).asCharBuffer().toString();
        if (isWellFormed(text)) {
            throw new DecodingException("Well-formed text must be UTF-8");
        }
        return text;
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void writeDecimal(BuiltinWriter out, BigDecimal value) {
        out.writeInt(value.scale());
        out.writeBytes(value.unscaledValue().toByteArray());
    }

    private static BigDecimal readDecimal(BuiltinReader in) {
        int scale = in.readInt();
        return new BigDecimal(new BigInteger(in.readBytes()), scale);
    }

    private static void writeUuid(BuiltinWriter out, UUID value) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static void writeLocale(BuiltinWriter out, Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            // Locales from before BCP 47, such as no_NO_NY.
            throw new NotBuiltinException(Locale.class);
        }
        out.writeText(tag);
    }
}
