package dev.hypercache.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.core.form.AcceptedFounding;
import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.FoundingBallot;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What candidates ask and seeds answer as JSON, at {@code POST /internal/ring/vote}. */
final class VoteFormat {

    /** The largest request or answer: a founding in Base64, and a little. */
    static final int BYTES_MAX = 3 * 512 * 1024;

    private static final String VERB = "verb";
    private static final String BALLOT = "ballot";
    private static final String VOTER = "voter";

    private VoteFormat() {}

    static byte[] encode(FormRequest request) {
        ObjectNode json = RingJson.object();
        if (request instanceof FormRequest.Prepare prepare) {
            json.put(VERB, "prepare");
            put(json, BALLOT, prepare.ballot());
        } else if (request instanceof FormRequest.Accept accept) {
            json.put(VERB, "accept");
            put(json, BALLOT, accept.ballot());
            json.put(VOTER, accept.voter().toString());
            RingJson.put(json, "founding", accept.founding());
        } else if (request instanceof FormRequest.Learn learn) {
            json.put(VERB, "learn");
            RingJson.put(json, "founding", learn.founding());
        }
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no request */
    static FormRequest decodeRequest(byte[] bytes) throws IOException {
        return RingJson.read(bytes, VoteFormat::request);
    }

    private static FormRequest request(JsonNode json) {
        String verb = RingJson.text(json, VERB);
        return switch (verb) {
            case "prepare" -> new FormRequest.Prepare(ballot(json, BALLOT));
            case "accept" ->
                new FormRequest.Accept(
                        ballot(json, BALLOT), RingJson.uuid(json, VOTER), RingJson.requiredFounding(json));
            case "learn" -> new FormRequest.Learn(RingJson.requiredFounding(json));
            default -> throw new IllegalArgumentException("it asks for something unknown");
        };
    }

    static byte[] encode(FormAnswer answer) {
        ObjectNode json = RingJson.object();
        if (answer instanceof FormAnswer.Promised promised) {
            json.put(VERB, "promised");
            put(json, BALLOT, promised.ballot());
            RingJson.put(json, promised.voter());
            json.put("electorate", promised.electorate());
            AcceptedFounding accepted = promised.accepted();
            if (accepted != null) {
                put(json, "accepted", accepted.ballot());
                RingJson.put(json, "founding", accepted.founding());
            }
        } else if (answer instanceof FormAnswer.Accepted accepted) {
            json.put(VERB, "accepted");
            put(json, BALLOT, accepted.ballot());
            json.put(VOTER, accepted.voter().toString());
        } else if (answer instanceof FormAnswer.Denied denied) {
            json.put(VERB, "denied");
            put(json, BALLOT, denied.ballot());
            put(json, "promised", denied.promised());
            json.put(VOTER, denied.voter().toString());
        } else if (answer instanceof FormAnswer.InRing ring) {
            json.put(VERB, "in-ring");
            json.put("member", ring.isMember());
            RingJson.put(json, "founding", ring.founding());
        }
        return RingJson.write(json);
    }

    /** @throws IOException if the bytes are no answer */
    static FormAnswer decodeAnswer(byte[] bytes) throws IOException {
        return RingJson.read(bytes, VoteFormat::answer);
    }

    private static FormAnswer answer(JsonNode json) {
        String verb = RingJson.text(json, VERB);
        return switch (verb) {
            case "promised" ->
                new FormAnswer.Promised(
                        ballot(json, BALLOT),
                        RingJson.profile(json),
                        (int) RingJson.number(json, "electorate"),
                        json.has("accepted")
                                ? new AcceptedFounding(ballot(json, "accepted"), RingJson.requiredFounding(json))
                                : null);
            case "accepted" -> new FormAnswer.Accepted(ballot(json, BALLOT), RingJson.uuid(json, VOTER));
            case "denied" ->
                new FormAnswer.Denied(
                        ballot(json, BALLOT),
                        json.has("promised") ? ballot(json, "promised") : null,
                        RingJson.uuid(json, VOTER));
            case "in-ring" ->
                new FormAnswer.InRing(
                        RingJson.requiredFounding(json), json.path("member").asBoolean());
            default -> throw new IllegalArgumentException("it answers something unknown");
        };
    }

    private static void put(ObjectNode json, String field, @Nullable FoundingBallot ballot) {
        if (ballot != null) {
            json.putObject(field)
                    .put("round", ballot.round())
                    .put("candidate", ballot.candidate().toString());
        }
    }

    private static FoundingBallot ballot(JsonNode json, String field) {
        JsonNode ballot = json.path(field);
        return new FoundingBallot(
                RingJson.number(ballot, "round"), UUID.fromString(RingJson.text(ballot, "candidate")));
    }
}
