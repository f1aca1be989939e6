package dev.hypercache.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.Reform;
import dev.hypercache.core.reform.ReformBallot;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.reform.ReformMessage;
import dev.hypercache.core.reform.ReformMessage.Agree;
import dev.hypercache.core.reform.ReformMessage.Agreed;
import dev.hypercache.core.reform.ReformMessage.AskConsent;
import dev.hypercache.core.reform.ReformMessage.AskDecided;
import dev.hypercache.core.reform.ReformMessage.Consent;
import dev.hypercache.core.reform.ReformMessage.Decided;
import dev.hypercache.core.reform.ReformMessage.Knowledge;
import dev.hypercache.core.reform.ReformMessage.Propose;
import dev.hypercache.core.reform.ReformMessage.Refuse;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What survivors tell each other as JSON, at {@code POST /internal/ring/reform}. */
final class ReformFormat {

    /** The largest letter: two states that a generation can begin with, in Base64, and a little. */
    static final int BYTES_MAX = 26 * 1024 * 1024;

    private static final int LIVES_MAX = 4_096;

    private static final String KIND = "kind";
    private static final String BALLOT = "ballot";
    private static final String STATE = "state";

    private ReformFormat() {}

    static byte[] encode(ReformLetter letter) {
        ObjectNode json = RingJson.object();
        RingJson.put(json.putObject("from"), letter.from());
        json.put("to", letter.to().toString());
        RingJson.put(json, "founding", letter.founding());
        ReformMessage message = letter.message();
        json.put("ring", message.ring().id().toString());
        json.put("generation", message.ring().generation());
        put(json, message);
        return RingJson.write(json);
    }

    private static void put(ObjectNode json, ReformMessage message) {
        if (message instanceof AskConsent ask) {
            json.put(KIND, "askConsent").put("index", ask.index());
            put(json, BALLOT, ask.ballot());
            put(json, ask.knowledge());
        } else if (message instanceof Consent consent) {
            json.put(KIND, "consent").put("index", consent.index());
            put(json, BALLOT, consent.ballot());
            RingJson.put(json, STATE, consent.state());
            put(json, consent.knowledge());
            Agreed agreed = consent.agreed();
            if (agreed != null) {
                ObjectNode earlier = json.putObject("agreed");
                put(earlier, BALLOT, agreed.ballot());
                put(earlier, agreed.decision());
            }
        } else if (message instanceof Propose propose) {
            json.put(KIND, "propose");
            put(json, BALLOT, propose.ballot());
            put(json, propose.decision());
        } else if (message instanceof Agree agree) {
            json.put(KIND, "agree");
            put(json, BALLOT, agree.ballot());
        } else if (message instanceof Refuse refuse) {
            json.put(KIND, "refuse");
            put(json, BALLOT, refuse.ballot());
            put(json, "promised", refuse.promised());
        } else if (message instanceof Decided decided) {
            json.put(KIND, "decided");
            put(json, decided.decision());
        } else if (message instanceof AskDecided) {
            json.put(KIND, "askDecided");
        }
    }

    private static void put(ObjectNode json, String field, ReformBallot ballot) {
        json.putObject(field)
                .put("round", ballot.round())
                .put("candidate", ballot.candidate().toString());
    }

    private static void put(ObjectNode json, Knowledge knowledge) {
        ArrayNode dead = json.putArray("dead");
        knowledge.dead().forEach(boot -> dead.add(boot.toString()));
        ArrayNode returned = json.putArray("returned");
        knowledge.returned().forEach(life -> RingJson.put(returned.addObject(), life));
    }

    private static void put(ObjectNode json, ReformDecision decision) {
        ObjectNode made = json.putObject("decision").put("index", decision.index());
        RingJson.put(made, STATE, decision.state());
        RingJson.put(made, "reform", new ControlChange(decision.id(), decision.reform()).encode());
    }

    /** @throws IOException if the bytes are no letter */
    static ReformLetter decode(byte[] bytes) throws IOException {
        return RingJson.read(
                bytes,
                json -> new ReformLetter(
                        RingJson.profile(json.path("from")),
                        RingJson.uuid(json, "to"),
                        RingJson.founding(json),
                        message(json)));
    }

    private static ReformMessage message(JsonNode json) {
        RingId ring = new RingId(RingJson.uuid(json, "ring"), RingJson.number(json, "generation"));
        String kind = RingJson.text(json, KIND);
        return switch (kind) {
            case "askConsent" ->
                new AskConsent(ring, ballot(json, BALLOT), RingJson.number(json, "index"), knowledge(json));
            case "consent" ->
                new Consent(
                        ring,
                        ballot(json, BALLOT),
                        RingJson.number(json, "index"),
                        RingJson.bytes(json, STATE),
                        knowledge(json),
                        agreed(json));
            case "propose" -> new Propose(ring, ballot(json, BALLOT), decision(json));
            case "agree" -> new Agree(ring, ballot(json, BALLOT));
            case "refuse" -> new Refuse(ring, ballot(json, BALLOT), ballot(json, "promised"));
            case "decided" -> new Decided(ring, decision(json));
            case "askDecided" -> new AskDecided(ring);
            default -> throw new IllegalArgumentException("it says something unknown");
        };
    }

    private static ReformBallot ballot(JsonNode json, String field) {
        JsonNode ballot = json.path(field);
        return new ReformBallot(RingJson.number(ballot, "round"), RingJson.uuid(ballot, "candidate"));
    }

    private static @Nullable Agreed agreed(JsonNode json) {
        JsonNode agreed = json.path("agreed");
        return agreed.isObject() ? new Agreed(ballot(agreed, BALLOT), decision(agreed)) : null;
    }

    private static Knowledge knowledge(JsonNode json) {
        if (json.path("dead").size() > LIVES_MAX || json.path("returned").size() > LIVES_MAX) {
            throw new IllegalArgumentException("it names more than " + LIVES_MAX + " lives");
        }
        Set<UUID> dead = new HashSet<>();
        json.path("dead").forEach(boot -> dead.add(UUID.fromString(boot.asText())));
        List<NodeProfile> returned = new ArrayList<>();
        json.path("returned").forEach(life -> returned.add(RingJson.profile(life)));
        return new Knowledge(dead, returned);
    }

    private static ReformDecision decision(JsonNode json) {
        JsonNode made = json.path("decision");
        Payload change = RingJson.bytes(made, "reform");
        ControlChange first = ControlChange.decode(change);
        if (first.command() instanceof Reform reform) {
            return new ReformDecision(RingJson.number(made, "index"), RingJson.bytes(made, STATE), first.id(), reform);
        }
        throw new IllegalArgumentException("the change that it tells reforms no ring");
    }
}
