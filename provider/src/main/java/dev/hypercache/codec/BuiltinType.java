package dev.hypercache.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How the instances of one class, or of a family of classes, stand in the built-in layout: one tag byte, then what the
 * writer writes.
 *
 * @param tag 0 to 255, fixed for ever
 * @param writer writes what follows the tag
 * @param reader reads what follows the tag
 */
record BuiltinType(int tag, BiConsumer<BuiltinWriter, Object> writer, Function<BuiltinReader, Object> reader) {
    /** A type of one class. The writer is called with instances of exactly that class. */
    @SuppressWarnings("unchecked")
    static <T> BuiltinType of(int tag, BiConsumer<BuiltinWriter, T> writer, Function<BuiltinReader, T> reader) {
        return new BuiltinType(
                tag,
                (BiConsumer<BuiltinWriter, Object>) (BiConsumer<BuiltinWriter, ?>) writer,
                (Function<BuiltinReader, Object>) (Function<BuiltinReader, ?>) reader);
    }
}
