package dev.hypercache.codec;

import dev.hypercache.spi.codec.DecodingException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of the built-in layout: which class has which tag. Tags are never given to anything else; a changed layout
 * gets a new tag. Immutable.
 */
final class BuiltinTypes {
    static final int NULL = 0;

    private final Map<Class<?>, BuiltinType> byClass = new HashMap<>(128);
    private final @Nullable BuiltinType[] byTag = new @Nullable BuiltinType[256];
    private final Copiers copiers;

    private final BuiltinType enums = add(NamedTypes.ENUM);
    private final BuiltinType records = add(NamedTypes.RECORD);
    private final BuiltinType arrays = add(NamedTypes.ARRAY);
    private final BuiltinType simpleKeys = add(NamedTypes.SPRING_SIMPLE_KEY);
    private final BuiltinType nullValue = add(NamedTypes.SPRING_NULL_VALUE);
    private final CollectionTypes collections;

    BuiltinTypes(Copiers copiers) {
        this.copiers = copiers;
        ScalarTypes.addTo(this);
        TimeTypes.addTo(this);
        ArrayTypes.addTo(this);
        this.collections = new CollectionTypes(this);
    }

    /** Makes a type known for reading. */
    BuiltinType add(BuiltinType type) {
        if (byTag[type.tag()] != null) {
            throw new IllegalStateException("Tag " + type.tag() + " is given twice");
        }
        byTag[type.tag()] = type;
        return type;
    }

    /** Makes a type known for reading, and for writing the instances of exactly this class. */
    void add(Class<?> exactClass, BuiltinType type) {
        byClass.put(exactClass, add(type));
    }

    /** The type that writes an object, or null if it has no built-in encoding. */
    @Nullable
    BuiltinType of(Object object, boolean key) {
        Class<?> exactClass = object.getClass();
        BuiltinType known = byClass.get(exactClass);
        if (known != null) {
            return known;
        }
        if (object instanceof Enum) {
            return enums;
        }
        if (exactClass.isRecord()) {
            return isOpen(exactClass) ? records : null;
        }
        if (exactClass.isArray()) {
            return arrays;
        }
        if (exactClass.getClassLoader() == null) {
            BuiltinType collection = collections.of(object, key);
            return collection != null ? collection : byName(exactClass.getName());
        }
        return switch (exactClass.getName()) {
            case FrameworkTypes.SPRING_SIMPLE_KEY ->
                copiers.get(exactClass) instanceof SimpleKeyCopier ? simpleKeys : null;
            case FrameworkTypes.SPRING_NULL_VALUE -> nullValue;
            default -> null;
        };
    }

    /** Whether instances of a class may have a built-in encoding. */
    boolean canHold(Class<?> type) {
        return byClass.containsKey(type)
                || Enum.class.isAssignableFrom(type)
                || type.isArray()
                || type.isRecord() && isOpen(type)
                || collections.canHold(type)
                || type.getName().equals("java.time.ZoneRegion")
                || FrameworkTypes.SERIALIZABLE.contains(type.getName());
    }

    private @Nullable BuiltinType byName(String name) {
        return name.equals("java.time.ZoneRegion") ? byTag[TimeTypes.ZONE_ID] : null;
    }

    /** The type that reads a tag, or null if nothing has this tag. */
    @Nullable
    BuiltinType of(int tag) {
        return byTag[tag];
    }

    private boolean isOpen(Class<?> record) {
        return copiers.get(record).shape() != null;
    }

    RecordShape shapeOf(Class<?> record) {
        RecordShape shape = copiers.get(record).shape();
        if (shape == null) {
            throw new DecodingException(record.getName() + " is not a record, or its module does not open it");
        }
        return shape;
    }

    SimpleKeyCopier simpleKeys(Class<?> type) {
        if (copiers.get(type) instanceof SimpleKeyCopier known) {
            return known;
        }
        throw new DecodingException(type.getName() + " is not the class it is expected to be");
    }
}
