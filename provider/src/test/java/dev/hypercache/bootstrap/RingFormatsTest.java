package dev.hypercache.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlLimits;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.Reform;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.form.AcceptedFounding;
import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.FoundingBallot;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.RingTerms;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.core.reform.ReformBallot;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.reform.ReformMessage;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes without a common ring send each other is read as it was written, and nothing else is. */
final class RingFormatsTest {

    private static final NodeProfile PROFILE =
            new NodeProfile("n1", UUID.randomUUID(), new Address("::1", 7400), 70, "east");
    private static final RingTerms TERMS =
            new RingTerms("books", 16, "h", 3, new TreeMap<>(Map.of("hypercache.loss.policy", "RESET")));
    private static final FoundingBallot BALLOT = new FoundingBallot(7, UUID.randomUUID());
    private static final Payload FOUNDING = new ControlChange(
                    UUID.randomUUID(),
                    TopologyPlanner.found(TERMS.settings(new RingId(UUID.randomUUID(), 1)), List.of(PROFILE)))
            .encode();

    static Stream<FormRequest> requests() {
        return Stream.of(
                new FormRequest.Prepare(BALLOT),
                new FormRequest.Accept(BALLOT, UUID.randomUUID(), FOUNDING),
                new FormRequest.Learn(FOUNDING));
    }

    static Stream<FormAnswer> answers() {
        return Stream.of(
                new FormAnswer.Promised(BALLOT, PROFILE, 5, null),
                new FormAnswer.Promised(
                        BALLOT, PROFILE, 1, new AcceptedFounding(new FoundingBallot(2, new UUID(0, 1)), FOUNDING)),
                new FormAnswer.Accepted(BALLOT, UUID.randomUUID()),
                new FormAnswer.Denied(BALLOT, null, UUID.randomUUID()),
                new FormAnswer.Denied(BALLOT, new FoundingBallot(9, new UUID(0, 1)), UUID.randomUUID()),
                new FormAnswer.InRing(FOUNDING, true),
                new FormAnswer.InRing(FOUNDING, false));
    }

    static Stream<Admission> admissions() {
        RingId ring = new RingId(UUID.randomUUID(), 2);
        NodeId node = new NodeId("n1", new Incarnation(17));
        return Stream.of(
                new Admission(
                        new JoinAnswer.Admitted(ring, node, 42, Payload.of(new byte[] {1, 2}), "[1]", "[2]"), FOUNDING),
                new Admission(new JoinAnswer.Wait("a majority", 500, List.of(new Address("::1", 2))), null),
                new Admission(new JoinAnswer.Refused("no"), null));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsReadAsItWasWritten(FormRequest request) throws IOException {
        assertThat(VoteFormat.decodeRequest(VoteFormat.encode(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerIsReadAsItWasWritten(FormAnswer answer) throws IOException {
        assertThat(VoteFormat.decodeAnswer(VoteFormat.encode(answer))).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource("admissions")
    void admissionIsReadAsItWasWritten(Admission admission) throws IOException {
        assertThat(JoinFormat.decodeAnswer(JoinFormat.encode(admission))).isEqualTo(admission);
    }

    static Stream<ReformMessage> reforms() {
        RingId ring = new RingId(UUID.randomUUID(), 3);
        ReformBallot ballot = new ReformBallot(4, UUID.randomUUID());
        ReformMessage.Knowledge known = new ReformMessage.Knowledge(Set.of(UUID.randomUUID()), List.of(PROFILE));
        Payload state = Payload.of(new byte[] {1, 2, 3});
        Reform reform = new Reform(ring, List.of(new NodeId("n2", new Incarnation(9))), List.of(PROFILE));
        ReformDecision decision = new ReformDecision(8, state, UUID.randomUUID(), reform);
        return Stream.of(
                new ReformMessage.AskConsent(ring, ballot, 7, known),
                new ReformMessage.Consent(ring, ballot, 0, Payload.EMPTY, known, null),
                new ReformMessage.Consent(ring, ballot, 8, state, known, new ReformMessage.Agreed(ballot, decision)),
                new ReformMessage.Propose(ring, ballot, decision),
                new ReformMessage.Agree(ring, ballot),
                new ReformMessage.Refuse(ring, ballot, new ReformBallot(5, UUID.randomUUID())),
                new ReformMessage.Decided(ring, decision),
                new ReformMessage.AskDecided(ring));
    }

    @ParameterizedTest
    @MethodSource("reforms")
    void letterIsReadAsItWasWritten(ReformMessage message) throws IOException {
        for (Payload founding : new Payload[] {FOUNDING, null}) {
            ReformLetter letter = new ReformLetter(PROFILE, UUID.randomUUID(), founding, message);
            assertThat(ReformFormat.decode(ReformFormat.encode(letter))).isEqualTo(letter);
        }
    }

    @Test
    void cardAndRequestToJoinAreReadAsTheyWereWritten() throws IOException {
        SeedCard card = new SeedCard(PROFILE, TERMS, null);
        JoinRequest request = new JoinRequest(PROFILE, TERMS);

        assertThat(CardFormat.decode(CardFormat.encode(card))).isEqualTo(card);
        assertThat(CardFormat.decode(CardFormat.encode(card.inRing(FOUNDING)))).isEqualTo(card.inRing(FOUNDING));
        assertThat(JoinFormat.decodeRequest(JoinFormat.encode(request))).isEqualTo(request);
    }

    @Test
    void largestSnapshotIsWithinTheBoundOfAnAnswer() throws IOException {
        Payload largest = Payload.of(new byte[ControlLimits.STATE_BYTES_MAX]);
        JoinAnswer.Admitted admitted = new JoinAnswer.Admitted(
                new RingId(UUID.randomUUID(), 1), new NodeId("n1", new Incarnation(1)), 1, largest, "", "");
        byte[] encoded = JoinFormat.encode(new Admission(admitted, FOUNDING));

        assertThat(encoded.length).isLessThan(JoinFormat.ANSWER_BYTES_MAX - 2 * ControlLimits.CHANGE_BYTES_MAX);
        assertThat(JoinFormat.decodeAnswer(encoded).answer()).isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"verb\":1}",
                "{\"verb\":\"vote\"}",
                "{\"verb\":\"prepare\"}",
                "{\"verb\":\"prepare\",\"ballot\":{\"round\":0,\"candidate\":\"00000000-0000-0000-0000-000000000001\"}}",
                "{\"verb\":\"prepare\",\"ballot\":{\"round\":1,\"candidate\":\"x\"}}",
                "{\"verb\":\"learn\",\"founding\":\"AAAA\"}",
                "{\"verb\":\"learn\",\"founding\":\"?\"}"
            })
    void whatIsNoRequestIsRefused(String text) {
        assertThatThrownBy(() -> VoteFormat.decodeRequest(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ReformFormat.decode(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoCardIsRefusedByItsField() {
        assertThatThrownBy(() -> CardFormat.decode("{\"cluster\":\"books\"}".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name");
    }

    @Test
    void admissionWithoutItsFoundingIsNone() {
        byte[] encoded = JoinFormat.encode(
                new Admission(admissions().findFirst().orElseThrow().answer(), null));

        assertThatThrownBy(() -> JoinFormat.decodeAnswer(encoded))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("founding");
    }
}
