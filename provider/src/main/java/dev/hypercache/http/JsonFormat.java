package dev.hypercache.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259), read strictly: UTF-8 and nothing else, no name twice, no half of a surrogate pair, nothing behind the end.
 * Bytes are written in Base64.
 */
final class JsonFormat implements BodyFormat {

    private static final int NAME_LENGTH_MAX = 64;
    /** A double as Java writes it takes up to 24. */
    private static final int NUMBER_LENGTH_MAX = 32;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxTokenCount(TOKENS_MAX)
                    .build())
            .build();

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Map<String, @Nullable Object> read(byte[] body) {
        try (JsonParser in = factory.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw FaceFailure.badRequest("the body is a JSON object");
            }
            Map<String, @Nullable Object> read = object(in);
            if (in.nextToken() != null) {
                throw FaceFailure.badRequest("something follows the JSON object");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw FaceFailure.badRequest("the body is no JSON that is read here: "
                    + JsonTrees.asText(String.valueOf(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // There is no file: the bytes are in memory.
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = JsonTrees.requireText(in.currentName());
            in.nextToken();
            fields.put(name, value(in));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser in) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(in));
        }
        return elements;
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> JsonTrees.requireText(in.getText());
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> finite(in.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static double finite(double number) {
        if (Double.isInfinite(number)) {
            throw FaceFailure.badRequest("a number is larger than a double can be");
        }
        return number;
    }

    @Override
    public byte[] write(Map<String, ?> answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            write(answer, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable Object tree, JsonGenerator out) throws IOException {
        if (tree instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (tree instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(element, out);
            }
            out.writeEndArray();
        } else {
            writeScalar(tree, out);
        }
    }

    private static void writeScalar(@Nullable Object scalar, JsonGenerator out) throws IOException {
        if (scalar instanceof byte[] bytes) {
            out.writeBinary(bytes);
        } else if (scalar instanceof Long number) {
            out.writeNumber(number);
        } else if (scalar instanceof Double number) {
            out.writeNumber(number); // NaN and the infinities become strings.
        } else if (scalar instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (scalar instanceof String text) {
            out.writeString(text);
        } else {
            out.writeNull();
        }
    }
}
