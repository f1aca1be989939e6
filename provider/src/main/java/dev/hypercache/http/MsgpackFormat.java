package dev.hypercache.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** MessagePack: maps with text keys, arrays, str, bin, integers of 64 bits with sign, floats, booleans, nil; no extensions. */
final class MsgpackFormat implements BodyFormat {

    @Override
    public String mediaType() {
        return "application/msgpack";
    }

    @Override
    public Map<String, @Nullable Object> read(byte[] body) {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(body)) {
            Reader reader = new Reader(in, body.length);
            if (!in.hasNext() || !in.getNextFormat().getValueType().isMapType()) {
                throw FaceFailure.badRequest("the body is a MessagePack map");
            }
            Map<String, @Nullable Object> read = reader.map(1);
            if (in.hasNext()) {
                throw FaceFailure.badRequest("something follows the MessagePack map");
            }
            return read;
        } catch (MessagePackException | IOException malformed) {
            throw FaceFailure.badRequest("the body is no MessagePack that is read here: " + malformed.getMessage());
        }
    }

    /** One body being read: lengths are compared with what is there before anything is allocated. */
    private static final class Reader {

        private final MessageUnpacker in;
        private final int length;
        private int tokens;

        Reader(MessageUnpacker in, int length) {
            this.in = in;
            this.length = length;
        }

        Map<String, @Nullable Object> map(int depth) throws IOException {
            int count = in.unpackMapHeader();
            enter(2L * count, depth);
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                if (!in.getNextFormat().getValueType().isStringType()) {
                    throw FaceFailure.badRequest("the keys of a MessagePack map are text");
                }
                String name = text();
                if (fields.containsKey(name)) {
                    throw FaceFailure.badRequest("a key stands twice in a MessagePack map");
                }
                fields.put(name, value(depth));
            }
            return fields;
        }

        private List<@Nullable Object> array(int depth) throws IOException {
            int count = in.unpackArrayHeader();
            enter(count, depth);
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(value(depth));
            }
            return elements;
        }

        private void enter(long elements, int depth) {
            tokens = (int) Math.min(Integer.MAX_VALUE, tokens + 1 + elements);
            if (depth > DEPTH_MAX || tokens > TOKENS_MAX || elements < 0) {
                throw FaceFailure.badRequest("MessagePack is read " + DEPTH_MAX + " containers deep and with "
                        + TOKENS_MAX + " values, and no further");
            }
        }

        private @Nullable Object value(int depth) throws IOException {
            return switch (in.getNextFormat().getValueType()) {
                case MAP -> map(depth + 1);
                case ARRAY -> array(depth + 1);
                case STRING -> text();
                case BINARY -> payload(in.unpackBinaryHeader());
                case INTEGER -> in.unpackLong();
                case FLOAT -> in.unpackDouble();
                case BOOLEAN -> in.unpackBoolean();
                case NIL -> nothing();
                default -> throw FaceFailure.badRequest("MessagePack extensions are not read");
            };
        }

        private @Nullable Object nothing() throws IOException {
            in.unpackNil();
            return null;
        }

        private String text() throws IOException {
            byte[] bytes = payload(in.unpackRawStringHeader());
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException malformed) {
                throw FaceFailure.badRequest("text in MessagePack is UTF-8");
            }
        }

        private byte[] payload(int declared) throws IOException {
            if (declared < 0 || declared > length - in.getTotalReadBytes()) {
                throw FaceFailure.badRequest("MessagePack declares more bytes than there are");
            }
            return in.readPayload(declared);
        }
    }

    @Override
    public byte[] write(Map<String, ?> answer) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            write(answer, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // There is no file: the bytes go to memory.
        }
    }

    private static void write(@Nullable Object tree, MessageBufferPacker out) throws IOException {
        if (tree instanceof Map<?, ?> map) {
            out.packMapHeader(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.packString((String) entry.getKey());
                write(entry.getValue(), out);
            }
        } else if (tree instanceof List<?> list) {
            out.packArrayHeader(list.size());
            for (Object element : list) {
                write(element, out);
            }
        } else {
            writeScalar(tree, out);
        }
    }

    private static void writeScalar(@Nullable Object scalar, MessageBufferPacker out) throws IOException {
        if (scalar instanceof byte[] bytes) {
            out.packBinaryHeader(bytes.length).writePayload(bytes);
        } else if (scalar instanceof Long number) {
            out.packLong(number);
        } else if (scalar instanceof Double number) {
            out.packDouble(number);
        } else if (scalar instanceof Boolean truth) {
            out.packBoolean(truth);
        } else if (scalar instanceof String text) {
            out.packString(text);
        } else {
            out.packNil();
        }
    }
}
