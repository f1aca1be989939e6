package dev.hypercache.bootstrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.Foundings;
import dev.hypercache.core.form.RingTerms;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts that the messages between nodes without a common ring are made of, as JSON. */
final class RingJson {

    /** A snapshot of the largest state in Base64, and a little. */
    private static final int TEXT_LENGTH_MAX = 24 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(TEXT_LENGTH_MAX)
                    .maxNestingDepth(8)
                    .build())
            .build());

    private RingJson() {}

    /** Reads a part; what is wrong with it is an {@link IllegalArgumentException}. */
    interface Reading<T> {
        T read(JsonNode json);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static byte[] write(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    /** @throws IOException if the bytes are not what is wanted */
    static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json == null || !json.isObject()) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            return reading.read(json);
        } catch (JsonProcessingException e) {
            throw new IOException("what answers is no node of this version: it is no JSON", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("what answers is no node of this version: " + e.getMessage(), e);
        }
    }

    static void put(ObjectNode json, NodeProfile profile) {
        json.put("name", profile.name());
        json.put("boot", profile.boot().toString());
        json.put("address", profile.address().toString());
        json.put("weight", profile.weight());
        json.put("zone", profile.zone());
    }

    static NodeProfile profile(JsonNode json) {
        return new NodeProfile(
                text(json, "name"),
                uuid(json, "boot"),
                Address.parse(text(json, "address")),
                (int) number(json, "weight"),
                text(json, "zone"));
    }

    static void put(ObjectNode json, RingTerms terms) {
        json.put("cluster", terms.cluster());
        json.put("slots", terms.slots());
        json.put("replicas", terms.replicas());
        json.put("hash", terms.hash());
        ObjectNode agreed = json.putObject("agreed");
        terms.agreed().forEach(agreed::put);
    }

    static RingTerms terms(JsonNode json) {
        SortedMap<String, String> agreed = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : json.path("agreed").properties()) {
            agreed.put(each.getKey(), each.getValue().asText());
        }
        return new RingTerms(
                text(json, "cluster"),
                (int) number(json, "slots"),
                text(json, "hash"),
                (int) number(json, "replicas"),
                agreed);
    }

    static void put(ObjectNode json, String field, @Nullable Payload bytes) {
        if (bytes != null) {
            json.put(field, Base64.getEncoder().encodeToString(bytes.toBytes()));
        }
    }

    static Payload bytes(JsonNode json, String field) {
        return Payload.of(Base64.getDecoder().decode(text(json, field)));
    }

    /** A founding, which is one; null if the field is absent. */
    static @Nullable Payload founding(JsonNode json) {
        if (!json.has("founding")) {
            return null;
        }
        Payload founding = bytes(json, "founding");
        Foundings.read(founding);
        return founding;
    }

    static Payload requiredFounding(JsonNode json) {
        Payload founding = founding(json);
        if (founding == null) {
            throw new IllegalArgumentException("it tells no founding");
        }
        return founding;
    }

    static UUID uuid(JsonNode json, String field) {
        return UUID.fromString(text(json, field));
    }

    static String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("it tells no " + field);
        }
        return value.textValue();
    }

    static long number(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.canConvertToLong()) {
            throw new IllegalArgumentException("it tells no " + field);
        }
        return value.longValue();
    }
}
