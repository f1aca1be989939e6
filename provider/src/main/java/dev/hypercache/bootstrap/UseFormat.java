package dev.hypercache.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.ring.ClientUses;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** How clients ask for caches and are answered, as JSON, at {@code POST /internal/ring/caches}. */
final class UseFormat {

    /** The largest request and the largest answer. */
    static final int BYTES_MAX = 1024 * 1024;

    private static final String ACT = "act";
    private static final String CACHE = "cache";
    private static final String ATTRIBUTES = "attributes";
    private static final String ID = "id";

    private UseFormat() {}

    static byte[] encode(UseRequest request) {
        ObjectNode json = RingJson.object();
        json.put("client", request.client().name());
        json.put("incarnation", request.client().incarnation().bootId());
        json.put("ring", request.ring().toString());
        if (request instanceof UseRequest.Join join) {
            json.put(ACT, "join");
            put(json, join.cache(), join.traits());
        } else if (request instanceof UseRequest.Quit quit) {
            json.put(ACT, "quit");
            put(json, quit.cache(), quit.traits());
        } else if (request instanceof UseRequest.Drop drop) {
            json.put(ACT, "drop");
            json.put(ID, drop.id());
        } else if (request instanceof UseRequest.Renew renew) {
            json.put(ACT, "renew");
            ArrayNode uses = json.putArray("uses");
            for (ClientUses.Use use : renew.uses()) {
                ObjectNode node = uses.addObject();
                put(node, use.name(), use.traits());
                node.put(ID, use.id());
            }
        }
        return RingJson.write(json);
    }

    private static void put(ObjectNode json, String cache, CacheTraits traits) {
        json.put(CACHE, cache);
        ObjectNode attributes = json.putObject(ATTRIBUTES);
        traits.attributes().forEach(attributes::put);
    }

    /** @throws IOException if the bytes are no request */
    static UseRequest decodeRequest(byte[] bytes) throws IOException {
        return RingJson.read(bytes, json -> {
            NodeId client =
                    new NodeId(RingJson.text(json, "client"), new Incarnation(RingJson.number(json, "incarnation")));
            UUID ring = RingJson.uuid(json, "ring");
            return switch (RingJson.text(json, ACT)) {
                case "join" -> new UseRequest.Join(client, ring, RingJson.text(json, CACHE), traits(json));
                case "quit" -> new UseRequest.Quit(client, ring, RingJson.text(json, CACHE), traits(json));
                case "drop" -> new UseRequest.Drop(client, ring, (int) RingJson.number(json, ID));
                case "renew" -> new UseRequest.Renew(client, ring, uses(json));
                default -> throw new IllegalArgumentException("it asks for something unknown");
            };
        });
    }

    private static CacheTraits traits(JsonNode json) {
        SortedMap<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : json.path(ATTRIBUTES).properties()) {
            attributes.put(each.getKey(), each.getValue().asText());
        }
        return new CacheTraits(attributes);
    }

    private static List<ClientUses.Use> uses(JsonNode json) {
        List<ClientUses.Use> uses = new ArrayList<>();
        for (JsonNode node : json.path("uses")) {
            uses.add(new ClientUses.Use(RingJson.text(node, CACHE), (int) RingJson.number(node, ID), traits(node)));
        }
        return uses;
    }

    static byte[] encode(UseAnswer answer) {
        ObjectNode json = RingJson.object();
        ArrayNode ids = json.putArray("ids");
        answer.ids().forEach(ids::add);
        json.put("refusal", answer.refusal());
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no answer */
    static UseAnswer decodeAnswer(byte[] bytes) throws IOException {
        return RingJson.read(bytes, json -> {
            List<Integer> ids = new ArrayList<>();
            for (JsonNode id : json.path("ids")) {
                ids.add(id.asInt());
            }
            return new UseAnswer(List.copyOf(ids), RingJson.text(json, "refusal"));
        });
    }
}
