package dev.hypercache.codec;

import dev.hypercache.spi.codec.DecodingException;
import org.jspecify.annotations.Nullable;

/** What is written with the name of a class: enums, records, arrays of objects; and framework classes with a fixed name. */
final class NamedTypes {
    static final BuiltinType ENUM = BuiltinType.of(15, NamedTypes::writeEnum, NamedTypes::readEnum);
    static final BuiltinType RECORD = BuiltinType.of(16, NamedTypes::writeRecord, NamedTypes::readRecord);
    static final BuiltinType ARRAY =
            BuiltinType.<@Nullable Object[]>of(40, BuiltinWriter::writeArray, BuiltinReader::readTypedArray);
    static final BuiltinType SPRING_SIMPLE_KEY =
            BuiltinType.of(96, NamedTypes::writeSimpleKey, NamedTypes::readSimpleKey);
    static final BuiltinType SPRING_NULL_VALUE = BuiltinType.of(97, (out, nothing) -> {}, NamedTypes::readNullValue);

    private NamedTypes() {}

    private static void writeEnum(BuiltinWriter out, Enum<?> constant) {
        // Not getClass(): a constant with a body has a class of its own.
        out.writeClass(constant.getDeclaringClass());
        out.writeText(constant.name());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Checked by isEnum.
    private static Enum<?> readEnum(BuiltinReader in) {
        Class<?> type = in.readClass();
        String name = in.readText();
        if (!type.isEnum()) {
            throw new DecodingException(type.getName() + " is not an enum");
        }
        return Enum.valueOf((Class) type, name);
    }

    private static void writeRecord(BuiltinWriter out, Object record) {
        out.writeClass(record.getClass());
        RecordShape shape = out.shapeOf(record);
        out.writeCount(shape.size());
        for (Object component : shape.components(record)) {
            out.write(component);
        }
    }

    private static Object readRecord(BuiltinReader in) {
        Class<?> type = in.readClass();
        if (!type.isRecord()) {
            throw new DecodingException(type.getName() + " is not a record");
        }
        RecordShape shape = in.shapeOf(type);
        @Nullable Object[] components = in.readArray();
        if (components.length != shape.size()) {
            throw new DecodingException("Record " + type.getName() + " has " + shape.size() + " components here, but "
                    + components.length + " were written");
        }
        return shape.create(components);
    }

    private static void writeSimpleKey(BuiltinWriter out, Object key) {
        out.writeDeep(out.simpleKeys(key.getClass()).parameters(key));
    }

    private static Object readSimpleKey(BuiltinReader in) {
        SimpleKeyCopier keys = in.simpleKeys(in.resolveFrameworkClass(FrameworkTypes.SPRING_SIMPLE_KEY));
        return keys.create(in.readArray());
    }

    private static Object readNullValue(BuiltinReader in) {
        Class<?> type = in.resolveFrameworkClass(FrameworkTypes.SPRING_NULL_VALUE);
        try {
            Object instance = type.getField("INSTANCE").get(null);
            if (type.isInstance(instance)) {
                return instance;
            }
        } catch (ReflectiveOperationException | LinkageError different) {
            throw new DecodingException(type.getName() + " has no INSTANCE", different);
        }
        throw new DecodingException(type.getName() + " has no INSTANCE of its own");
    }
}
