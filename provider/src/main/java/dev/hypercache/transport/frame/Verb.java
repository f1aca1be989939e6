package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Message;
import java.util.function.BiConsumer;

/**
 * One kind of message: the byte that stands for it, and how the fields behind the slot are written and read.
 *
 * <p>A code is never given another meaning. Writer and reader follow the order of the record's components; a component that
 * is added, moved or dropped makes a new version of the layout.
 *
 * @param code 1 to 127
 */
record Verb<M extends Message>(int code, Class<M> type, BiConsumer<M, FrameSink> writer, Reader<M> reader) {

    /** Reads the fields of a message. */
    @FunctionalInterface
    interface Reader<M> {

        M read(int slot, FrameSource in);
    }

    void write(Message message, FrameSink out) {
        writer.accept(type.cast(message), out);
    }
}
