package dev.hypercache.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.core.form.SeedCard;
import java.io.IOException;

/** Cards as JSON, at {@code GET /internal/ring}. */
final class CardFormat {

    /** The largest card that is read: a founding of the largest ring in Base64. */
    static final int BYTES_MAX = 4 * 1024 * 1024;

    private CardFormat() {}

    static byte[] encode(SeedCard card) {
        ObjectNode json = RingJson.object();
        RingJson.put(json, card.profile());
        RingJson.put(json, card.terms());
        RingJson.put(json, "founding", card.founding());
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no card */
    static SeedCard decode(byte[] bytes) throws IOException {
        return RingJson.read(
                bytes, json -> new SeedCard(RingJson.profile(json), RingJson.terms(json), RingJson.founding(json)));
    }
}
