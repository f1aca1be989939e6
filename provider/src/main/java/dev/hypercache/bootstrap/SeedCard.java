package dev.hypercache.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells those who want to form a ring with it, at {@code GET /internal/ring}.
 *
 * @param cluster the cluster's name; nodes of different ones form no ring
 * @param profile who it is, in which life
 * @param slots how many slots it wants the ring to have
 * @param replicas how many replicas it wants of each
 * @param founding the change that founded the ring that it is in; null if it is in none
 */
record SeedCard(
        String cluster,
        NodeProfile profile,
        int slots,
        int replicas,
        @Nullable Payload founding) {

    /** The largest card that is read: a founding of the largest ring in Base64. */
    static final int BYTES_MAX = 4 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    SeedCard inRing(Payload itsFounding) {
        return new SeedCard(cluster, profile, slots, replicas, itsFounding);
    }

    byte[] encode() {
        ObjectNode json = JSON.createObjectNode();
        json.put("cluster", cluster);
        json.put("name", profile.name());
        json.put("boot", profile.boot().toString());
        json.put("address", profile.address().toString());
        json.put("weight", profile.weight());
        json.put("zone", profile.zone());
        json.put("slots", slots);
        json.put("replicas", replicas);
        if (founding != null) {
            json.put("founding", Base64.getEncoder().encodeToString(founding.toBytes()));
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    /** @throws IOException if the bytes are no card */
    static SeedCard decode(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        try {
            NodeProfile profile = new NodeProfile(
                    text(json, "name"),
                    UUID.fromString(text(json, "boot")),
                    Address.parse(text(json, "address")),
                    json.path("weight").asInt(),
                    text(json, "zone"));
            JsonNode founding = json.get("founding");
            return new SeedCard(
                    text(json, "cluster"),
                    profile,
                    json.path("slots").asInt(),
                    json.path("replicas").asInt(),
                    founding == null ? null : Payload.of(Base64.getDecoder().decode(founding.asText())));
        } catch (IllegalArgumentException e) {
            throw new IOException("what answers is no node of this version: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("it tells no " + field);
        }
        return value.asText();
    }
}
