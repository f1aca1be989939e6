package dev.hypercache.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ring agreed on as JSON, at {@code GET /internal/ring/state}. */
final class RingPageFormat {

    /** The largest answer: a snapshot of the largest state in Base64, or a page of changes, and a little. */
    static final int BYTES_MAX = JoinFormat.ANSWER_BYTES_MAX;

    private static final String INDEX = "index";

    private RingPageFormat() {}

    static byte[] encode(RingPage told) {
        ObjectNode json = RingJson.object();
        json.put("ring", told.ring().id().toString());
        json.put("generation", told.ring().generation());
        json.put(INDEX, told.index());
        TopologyPage.Checkpoint checkpoint = told.page().checkpoint();
        if (checkpoint != null) {
            ObjectNode node = json.putObject("checkpoint");
            node.put(INDEX, checkpoint.index());
            RingJson.put(node, "state", checkpoint.state());
        }
        ArrayNode changes = json.putArray("changes");
        for (TopologyChange change : told.page().changes()) {
            ObjectNode node = changes.addObject();
            node.put(INDEX, change.index());
            RingJson.put(node, "change", change.change());
        }
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no such answer */
    static RingPage decode(byte[] bytes) throws IOException {
        return RingJson.read(
                bytes,
                json -> new RingPage(
                        new RingId(RingJson.uuid(json, "ring"), RingJson.number(json, "generation")),
                        RingJson.number(json, INDEX),
                        new TopologyPage(checkpoint(json), changes(json))));
    }

    private static TopologyPage.@Nullable Checkpoint checkpoint(JsonNode json) {
        JsonNode node = json.get("checkpoint");
        return node == null
                ? null
                : new TopologyPage.Checkpoint(RingJson.number(node, INDEX), RingJson.bytes(node, "state"));
    }

    private static List<TopologyChange> changes(JsonNode json) {
        List<TopologyChange> changes = new ArrayList<>();
        for (JsonNode node : json.path("changes")) {
            changes.add(new TopologyChange(RingJson.number(node, INDEX), RingJson.bytes(node, "change")));
        }
        return changes;
    }
}
