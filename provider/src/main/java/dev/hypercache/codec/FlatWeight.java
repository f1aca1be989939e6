package dev.hypercache.codec;

/**
 * Heap bytes of the commonest flat objects, on a 64-bit JVM with compressed references.
 *
 * <p>Stands alone so that a cache of strings and byte arrays loads nothing else to be weighed.
 */
final class FlatWeight {
    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int STRING_OBJECT_BYTES = 24;

    private FlatWeight() {}

    /** The weight of a string, a boxed value, a byte array or an encoded value; {@link Handles#UNKNOWN_WEIGHT} else. */
    static long of(Object object) {
        Class<?> type = object.getClass();
        if (type == String.class) {
            return string((String) object);
        }
        if (type == byte[].class) {
            return array(((byte[]) object).length, 1);
        }
        if (type == EncodedValue.class) {
            return 16 + array(((EncodedValue) object).length(), 1);
        }
        if (type == Long.class || type == Double.class) {
            return 24;
        }
        if (type == Integer.class
                || type == Boolean.class
                || type == Short.class
                || type == Byte.class
                || type == Character.class
                || type == Float.class) {
            return 16;
        }
        return Handles.UNKNOWN_WEIGHT;
    }

    static long string(String text) {
        int length = text.length();
        int charBytes = 1;
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) > 0xFF) {
                charBytes = 2;
                break;
            }
        }
        return STRING_OBJECT_BYTES + array(length, charBytes);
    }

    static long array(long length, int elementBytes) {
        return ARRAY_HEADER_BYTES + ((length * elementBytes + 7) & ~7L);
    }
}
