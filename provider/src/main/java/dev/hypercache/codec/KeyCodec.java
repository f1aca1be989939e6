package dev.hypercache.codec;

import dev.hypercache.spi.codec.CodecException;
import dev.hypercache.spi.codec.EncodingException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Encodes keys so that equal keys give equal bytes, for caches that compare keys by their bytes.
 *
 * <p>Keys with a built-in encoding are canonical by construction. Any other key is Java-serialized with equal parts shared,
 * which makes the bytes independent of how the key was put together; whether they are stable is tried on the first key of
 * each class, and the class refused if decoding and encoding again gives other bytes. What no test can find out is whether
 * a class's {@code equals} looks at less than its fields: such a class needs to be a record of what identifies it.
 */
public final class KeyCodec {
    private final CodecRegistry registry;
    private final Class<?> keyType;
    // Hangs on the classes, holds JDK objects only: pins nobody.
    private final ClassValue<AtomicBoolean> proven = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };

    KeyCodec(CodecRegistry registry, Class<?> keyType) {
        this.registry = registry;
        this.keyType = keyType;
    }

    /**
     * The canonical bytes, header included.
     *
     * @throws EncodingException if the key's class cannot be encoded as a function of {@code equals}
     */
    public byte[] encode(Object key) {
        byte[] bytes = registry.encodeCanonical(key, keyType);
        if ((bytes[0] & 0xFF) != BuiltinCodec.ID) {
            AtomicBoolean isProven = proven.get(key.getClass());
            if (!isProven.get()) {
                prove(key, bytes);
                isProven.set(true);
            }
        }
        return bytes;
    }

    /**
     * A key equal to the encoded one.
     *
     * @throws dev.hypercache.spi.codec.DecodingException whatever is wrong with the bytes
     */
    public Object decode(byte[] bytes) {
        return registry.decode(bytes, keyType);
    }

    private void prove(Object key, byte[] bytes) {
        String why = "decoding and encoding it again gives other bytes";
        CodecException cause = null;
        try {
            Object copy = registry.decode(bytes, keyType);
            if (!key.equals(copy)) {
                why = "its copy is not equal to it";
            } else if (Arrays.equals(bytes, registry.encodeCanonical(copy, keyType))) {
                return;
            }
        } catch (CodecException refused) {
            why = refused.getMessage();
            cause = refused;
        }
        throw new EncodingException(
                "Keys of class " + key.getClass().getName() + " cannot be compared by their bytes: " + why
                        + ". Use a record, an enum, a String or another class with a built-in encoding.",
                cause);
    }
}
