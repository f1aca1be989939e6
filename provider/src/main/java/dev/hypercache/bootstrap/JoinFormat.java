package dev.hypercache.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests for admission and their answers as JSON, at {@code POST /internal/ring/join}. */
final class JoinFormat {

    /** The largest request. */
    static final int REQUEST_BYTES_MAX = 64 * 1024;

    /** The largest answer: a snapshot of the largest state and a founding in Base64, and a little. */
    static final int ANSWER_BYTES_MAX = 26 * 1024 * 1024;

    private static final String RESULT = "result";

    private JoinFormat() {}

    static byte[] encode(JoinRequest request) {
        ObjectNode json = RingJson.object();
        RingJson.put(json, request.profile());
        RingJson.put(json, request.terms());
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no request */
    static JoinRequest decodeRequest(byte[] bytes) throws IOException {
        return RingJson.read(bytes, json -> new JoinRequest(RingJson.profile(json), RingJson.terms(json)));
    }

    static byte[] encode(Admission admission) {
        ObjectNode json = RingJson.object();
        RingJson.put(json, "founding", admission.founding());
        JoinAnswer answer = admission.answer();
        if (answer instanceof JoinAnswer.Admitted admitted) {
            json.put(RESULT, "admitted");
            json.put("ring", admitted.ring().id().toString());
            json.put("generation", admitted.ring().generation());
            json.put("node", admitted.node().name());
            json.put("incarnation", admitted.node().incarnation().bootId());
            json.put("index", admitted.index());
            RingJson.put(json, "snapshot", admitted.snapshot());
            json.put("foundingVoters", admitted.foundingVoters());
            json.put("voters", admitted.voters());
        } else if (answer instanceof JoinAnswer.Wait wait) {
            json.put(RESULT, "wait");
            json.put("reason", wait.reason());
            json.put("pauseMillis", wait.pauseMillis());
            ArrayNode members = json.putArray("members");
            wait.members().forEach(member -> members.add(member.toString()));
        } else if (answer instanceof JoinAnswer.Refused refused) {
            json.put(RESULT, "refused");
            json.put("reason", refused.reason());
        }
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no answer */
    static Admission decodeAnswer(byte[] bytes) throws IOException {
        return RingJson.read(bytes, json -> {
            JoinAnswer answer = answer(json);
            boolean isAdmitted = answer instanceof JoinAnswer.Admitted;
            return new Admission(answer, isAdmitted ? RingJson.requiredFounding(json) : null);
        });
    }

    private static JoinAnswer answer(JsonNode json) {
        String result = RingJson.text(json, RESULT);
        return switch (result) {
            case "admitted" ->
                new JoinAnswer.Admitted(
                        new RingId(RingJson.uuid(json, "ring"), RingJson.number(json, "generation")),
                        new NodeId(RingJson.text(json, "node"), new Incarnation(RingJson.number(json, "incarnation"))),
                        RingJson.number(json, "index"),
                        RingJson.bytes(json, "snapshot"),
                        RingJson.text(json, "foundingVoters"),
                        RingJson.text(json, "voters"));
            case "wait" ->
                new JoinAnswer.Wait(RingJson.text(json, "reason"), RingJson.number(json, "pauseMillis"), members(json));
            case "refused" -> new JoinAnswer.Refused(RingJson.text(json, "reason"));
            default -> throw new IllegalArgumentException("it answers something unknown");
        };
    }

    private static List<Address> members(JsonNode json) {
        List<Address> members = new ArrayList<>();
        for (JsonNode member : json.path("members")) {
            members.add(Address.parse(member.asText()));
        }
        return members;
    }
}
