package dev.hypercache.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.TraitDifference;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/**
 * Lists the caches of the ring with their definitions and users, and in what this node's own configuration differs. No keys and no
 * values.
 */
final class CachesRoute implements HttpHandler {

    static final String PATH = "/cluster/caches";

    private final String node;
    private final CacheDirectory directory;

    CachesRoute(String node, CacheDirectory directory) {
        this.node = node;
        this.directory = directory;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.getQueryString().isEmpty()) {
            JsonAnswer.fail(exchange, 400, "BAD_REQUEST", "there is no query");
            return;
        }
        CacheDirectory.Listing listing = directory.caches();
        ObjectNode body = JsonAnswer.object().put("node", node).put("confirmed", listing.confirmed());
        ArrayNode rows = body.putArray("caches");
        for (DefinedCache cache : listing.caches()) {
            write(rows.addObject(), cache);
        }
        JsonAnswer.send(exchange, 200, body);
    }

    private void write(ObjectNode row, DefinedCache cache) {
        row.put("name", cache.cacheName()).put("namespace", cache.managerUri()).put("id", cache.id());
        ObjectNode definition = row.putObject("definition");
        for (CacheTrait trait : CacheTrait.values()) {
            definition.put(trait.key(), cache.traits().get(trait));
        }
        cache.traits().attributes().forEach(definition::put); // Those of later versions, too.
        cache.users().forEach(row.putArray("users")::add);
        ArrayNode drift = row.putArray("drift");
        for (TraitDifference difference : directory.driftOf(cache.id())) {
            drift.addObject()
                    .put("field", difference.field())
                    .put("ring", difference.onRing())
                    .put("here", difference.here())
                    .put("remedy", difference.remedy());
        }
    }
}
