package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Role;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.RequestVerdict.Refused;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is accepted, in which order is refused, and what replays find. */
final class RequestVerifierTest {

    private final HmacKeys keys = TestNode.keys();
    private final TestNode node = TestNode.with(keys);

    @Test
    void signedRequestIsAccepted() {
        TestRequest request = node.request();
        assertThat(node.receive(request)).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.keyId()).isEqualTo("k1");
            assertThat(accepted.role()).isEqualTo(Role.MEMBER);
            assertThat(accepted.createdMillis()).isEqualTo(1_767_225_600_000L);
            assertThat(accepted.contentDigest()).isEqualTo(request.field("content-digest"));
            assertThat(request.field("signature-input")).contains("nonce=\"" + accepted.nonce() + "\"");
        });
    }

    @Test
    void requestWithoutTypeQueryAndBodyIsAccepted() {
        RequestHead head = new RequestHead("GET", TestNode.ADDRESS, "/metrics", "", null);
        assertThat(node.outcome(TestRequest.signed(node.signer, head, TestNode.NAME, "")))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void requestToTheAdvertisedAddressIsAccepted() {
        assertThat(node.outcome(TestRequest.signed(node.signer, TestNode.post(), TestNode.ADDRESS, "")))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void requestSignedWithAnyInstalledKeyIsAccepted() {
        HmacKeys rotated = TestNode.keys(
                TestNode.key("k2", 2, Long.MIN_VALUE, Long.MAX_VALUE),
                TestNode.key("k1", 1, Long.MIN_VALUE, Long.MAX_VALUE));
        assertThat(TestNode.with(rotated).outcome(node.request())).isEqualTo("ACCEPTED");
    }

    @Test
    void longestRequestIsAccepted() {
        HmacKeys longest = TestNode.keys(TestNode.key("k".repeat(64), 1, Long.MIN_VALUE, Long.MAX_VALUE));
        TestNode full = TestNode.named(longest, "c".repeat(128), "n".repeat(262));
        full.clock.set(999_999_999_999_000L);
        RequestHead head = new RequestHead(
                "M".repeat(16), "a".repeat(262), "/" + "p".repeat(1_023), "q".repeat(4_096), "t".repeat(128));
        assertThat(full.outcome(TestRequest.signed(full.signer, head, "n".repeat(262), "")))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void requestIsAcceptedOnceOnly() {
        TestRequest request = node.request();
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");
        assertThat(node.outcome(request)).isEqualTo("REPLAYED");
        node.clock.addAndGet(29_000);
        assertThat(node.outcome(request)).isEqualTo("REPLAYED");
    }

    @Test
    void requestIsNotAcceptedAfterARestart() {
        TestRequest request = node.request();
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");

        TestNode restarted = TestNode.startedAt(keys, TestNode.NOW_MILLIS + 3_000);
        restarted.clock.set(TestNode.NOW_MILLIS + 4_000);
        assertThat(restarted.outcome(request)).isEqualTo("BEFORE_START");
    }

    @Test
    void requestOfTheVeryStartIsAccepted() {
        // Whole seconds travel: what is signed at 600.9 says 600, and the node has been up since 600.7.
        TestNode started = TestNode.startedAt(keys, 1_767_225_600_700L);
        started.clock.set(1_767_225_600_900L);
        assertThat(started.outcome(started.request())).isEqualTo("ACCEPTED");
    }

    @Test
    void forgedCopyDoesNotUseUpTheNonce() {
        TestRequest request = node.request();
        assertThat(node.outcome(request.withBody("{}"))).isEqualTo("DIGEST");
        assertThat(node.outcome(request.with("signature", "hc=:" + "A".repeat(43) + "=:")))
                .isEqualTo("WRONG_SIGNATURE");
        assertThat(node.outcome(request.withPath("/internal/del"))).isEqualTo("WRONG_SIGNATURE");
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");
    }

    @Test
    void requestWhoseBodyTookTooLongIsStale() {
        // Signed ahead of our clock, admitted at once: 61 s later its nonce may be forgotten. A copy whose head came
        // while it was
        // valid must not be admitted then, however long its body took.
        TestRequest request = node.request();
        node.clock.set(1_767_225_600_000L + 30_000);
        Accepted head = (Accepted)
                node.verifier.verifyHead(request.method(), request.path(), request.query(), request.fields()::get);
        node.clock.addAndGet(1);
        assertThat(node.verifier.verifyBody(head, TestRequest.digestOf(request.body())))
                .isEqualTo(new Refused(RefusalReason.STALE, "k1"));
    }

    @Test
    void fullMemoryAdmitsNobody() {
        TestNode small = TestNode.remembering(keys, 2);
        assertThat(List.of(small.outcome(small.request()), small.outcome(small.request())))
                .containsOnly("ACCEPTED");
        assertThat(small.outcome(small.request())).isEqualTo("FULL");
        assertThat(small.outcome(small.request().withBody("{}"))).isEqualTo("DIGEST");
        small.clock.addAndGet(61_000);
        assertThat(small.outcome(small.request())).isEqualTo("ACCEPTED");
    }

    @Test
    void unknownKeyCostsTheSameWorkAsAWrongSignature() {
        TestRequest request = node.request();
        TestRequest ofUnknownKey = request.replaced("signature-input", "keyid=\"k1\"", "keyid=\"k9\"");
        TestRequest ofWrongSignature = request.replaced("signature-input", "created=1767225600", "created=1767225599");

        assertThat(node.outcome(ofUnknownKey)).isEqualTo("UNKNOWN_KEY");
        assertThat(node.outcome(ofWrongSignature)).isEqualTo("WRONG_SIGNATURE");
        assertThat(node.authenticator.verifiedBytes).hasSize(2);
        assertThat(node.authenticator.verifiedBytes.get(0)).isEqualTo(node.authenticator.verifiedBytes.get(1));
    }

    @Test
    void checksComeInOrder() {
        // Each request is wrong in all that follows, too.
        TestNode elsewhere = TestNode.named(keys, "other", "node-b");
        elsewhere.clock.set(TestNode.NOW_MILLIS - 60_000);
        TestRequest stale = TestRequest.signed(elsewhere.signer, TestNode.post(), "node-b", "a")
                .withBody("b");
        TestRequest unsigned = stale.with("signature", "hc=:" + "A".repeat(43) + "=:");
        TestRequest malformed = unsigned.replaced("signature-input", "hc-rpc-v1", "hc-rpc-v2");
        TestRequest twice = malformed.twice("hc-to", "node-a");
        TestRequest tooLong = twice.twice("hc-to", "a".repeat(263));
        assertThat(List.of(
                        node.outcome(tooLong),
                        node.outcome(twice),
                        node.outcome(malformed),
                        node.outcome(unsigned),
                        node.outcome(stale)))
                .containsExactly("MALFORMED", "DUPLICATED", "MALFORMED", "WRONG_SIGNATURE", "STALE");
        elsewhere.clock.set(TestNode.NOW_MILLIS);
        assertThat(node.outcome(TestRequest.signed(elsewhere.signer, TestNode.post(), "node-b", "a")
                        .withBody("b")))
                .isEqualTo("OTHER_CLUSTER");
        assertThat(node.outcome(TestRequest.signed(node.signer, TestNode.post(), "node-b", "a")
                        .withBody("b")))
                .isEqualTo("OTHER_TARGET");
    }

    @Test
    void malformedRequestCostsNoSignature() {
        assertThat(node.outcome(node.request().without("signature"))).isEqualTo("MISSING");
        assertThat(node.outcome(node.request().with("hc-to", "node a"))).isEqualTo("MALFORMED");
        assertThat(node.authenticator.verifiedBytes).isEmpty();
    }

    @Test
    void refusalsHaveLabelsAndStatuses() {
        assertThat(RefusalReason.OTHER_CLUSTER.label()).isEqualTo("other_cluster");
        assertThat(RefusalReason.DUPLICATED.httpStatus()).isEqualTo(400);
        assertThat(RefusalReason.REPLAYED.httpStatus()).isEqualTo(401);
        assertThat(RefusalReason.FULL.httpStatus()).isEqualTo(503);
        assertThat(RefusalReason.CLOCK_SET_BACK.httpStatus()).isEqualTo(503);
    }

    @Test
    void nodeHasOneToEightNames() {
        MessageAuthenticator authenticator = new HmacSigner(keys);
        ReplayMemory memory = new ReplayMemory(1, 0);
        Set<String> nine = IntStream.range(0, 9).mapToObj(i -> "n" + i).collect(Collectors.toSet());
        for (Set<String> names : List.of(Set.<String>of(), nine, Set.of("a b"))) {
            assertThatThrownBy(() -> RequestVerifier.create(authenticator, "shop", names, () -> 0, memory))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
