package dev.hypercache.transport.frame;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Operations on one key: a code, the key, and what the operation has besides.
 *
 * <p>The condition that an entry is still of a version is a bit of the code and not an operation around another one, so
 * that no frame can nest operations until the reader's stack is used up.
 */
final class OpLayout {

    private static final int AT_VERSION = 0x80;

    private static final List<Shape<?>> SHAPES = List.of(
            new Shape<>(1, Get.class, (op, out) -> RecordLayout.writeExpiry(op.expiry(), out), OpLayout::readGet),
            new Shape<>(2, Put.class, OpLayout::writePut, OpLayout::readPut),
            new Shape<>(3, PutIfAbsent.class, OpLayout::writePutIfAbsent, OpLayout::readPutIfAbsent),
            new Shape<>(4, Replace.class, OpLayout::writeReplace, OpLayout::readReplace),
            new Shape<>(5, ReplaceIfEqual.class, OpLayout::writeReplaceIfEqual, OpLayout::readReplaceIfEqual),
            new Shape<>(6, Remove.class, (op, out) -> {}, (key, in) -> new Remove(key)),
            new Shape<>(7, RemoveIfEqual.class, OpLayout::writeRemoveIfEqual, OpLayout::readRemoveIfEqual),
            new Shape<>(8, Touch.class, OpLayout::writeTouch, OpLayout::readTouch),
            new Shape<>(9, Expire.class, (op, out) -> {}, (key, in) -> new Expire(key)),
            new Shape<>(10, Evict.class, (op, out) -> {}, (key, in) -> new Evict(key)));

    private static final Map<Class<?>, Shape<?>> SHAPES_BY_TYPE = byType();

    private OpLayout() {}

    /**
     * @param cache the cache of the key
     * @throws IllegalArgumentException if a condition stands on another one
     */
    static void write(EntryOp op, int cache, FrameSink out) {
        EntryOp bare = op instanceof AtVersion conditional ? conditional.op() : op;
        Shape<?> shape = SHAPES_BY_TYPE.get(bare.getClass());
        if (shape == null) {
            throw new IllegalArgumentException("no code for " + bare.getClass() + " in an operation");
        }
        out.writeByte(op instanceof AtVersion ? shape.code() | AT_VERSION : shape.code());
        if (op instanceof AtVersion conditional) {
            out.writeOptional(conditional.expected(), RecordLayout::writeVersion);
        }
        out.writeKey(cache, bare.key());
        shape.write(bare, out);
    }

    static EntryOp read(int cache, FrameSource in) {
        int code = in.readByte("operation");
        int shape = code & ~AT_VERSION;
        if (shape < 1 || shape > SHAPES.size()) {
            throw in.refusal("operation has no code " + shape);
        }
        boolean conditional = (code & AT_VERSION) != 0;
        Version expected = conditional ? in.readOptional("expected version", RecordLayout::readVersion) : null;
        EntryOp bare = SHAPES.get(shape - 1).reader().read(in.readKey(cache), in);
        return conditional ? new AtVersion(bare, expected) : bare;
    }

    private static Get readGet(KeyBytes key, FrameSource in) {
        return new Get(key, RecordLayout.readExpiry(in));
    }

    private static void writePut(Put op, FrameSink out) {
        out.writeValue(op.value());
        RecordLayout.writeExpiry(op.expiry(), out);
    }

    private static Put readPut(KeyBytes key, FrameSource in) {
        return new Put(key, in.readValue("value"), RecordLayout.readExpiry(in));
    }

    private static void writePutIfAbsent(PutIfAbsent op, FrameSink out) {
        out.writeValue(op.value());
        RecordLayout.writeExpiry(op.expiry(), out);
    }

    private static PutIfAbsent readPutIfAbsent(KeyBytes key, FrameSource in) {
        return new PutIfAbsent(key, in.readValue("value"), RecordLayout.readExpiry(in));
    }

    private static void writeReplace(Replace op, FrameSink out) {
        out.writeValue(op.value());
        RecordLayout.writeExpiry(op.expiry(), out);
    }

    private static Replace readReplace(KeyBytes key, FrameSource in) {
        return new Replace(key, in.readValue("value"), RecordLayout.readExpiry(in));
    }

    private static void writeReplaceIfEqual(ReplaceIfEqual op, FrameSink out) {
        out.writeValue(op.expected());
        out.writeValue(op.value());
        RecordLayout.writeExpiry(op.expiry(), out);
    }

    private static ReplaceIfEqual readReplaceIfEqual(KeyBytes key, FrameSource in) {
        return new ReplaceIfEqual(
                key, in.readValue("expected value"), in.readValue("value"), RecordLayout.readExpiry(in));
    }

    private static void writeRemoveIfEqual(RemoveIfEqual op, FrameSink out) {
        out.writeValue(op.expected());
        RecordLayout.writeExpiry(op.expiry(), out);
    }

    private static RemoveIfEqual readRemoveIfEqual(KeyBytes key, FrameSource in) {
        return new RemoveIfEqual(key, in.readValue("expected value"), RecordLayout.readExpiry(in));
    }

    private static void writeTouch(Touch op, FrameSink out) {
        RecordLayout.writeVersion(op.version(), out);
        RecordLayout.writeExpiry(op.expiry(), out);
    }

    private static Touch readTouch(KeyBytes key, FrameSource in) {
        return new Touch(key, RecordLayout.readVersion(in), RecordLayout.readExpiry(in));
    }

    private static Map<Class<?>, Shape<?>> byType() {
        Map<Class<?>, Shape<?>> shapes = new HashMap<>();
        SHAPES.forEach(shape -> shapes.put(shape.type(), shape));
        return Map.copyOf(shapes);
    }

    /** Reads what an operation has besides its key. */
    @FunctionalInterface
    private interface Reader<O> {

        O read(KeyBytes key, FrameSource in);
    }

    /** One kind of operation: its code, never given another meaning, and its fields behind the key. */
    private record Shape<O extends EntryOp>(
            int code, Class<O> type, BiConsumer<O, FrameSink> writer, Reader<O> reader) {

        void write(EntryOp op, FrameSink out) {
            writer.accept(type.cast(op), out);
        }
    }
}
