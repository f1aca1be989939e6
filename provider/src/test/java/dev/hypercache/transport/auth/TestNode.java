package dev.hypercache.transport.auth;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.RequestVerdict.Refused;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A node that signs and verifies, with a clock that stands still unless it is set. */
final class TestNode {

    static final long NOW_MILLIS = 1_767_225_600_500L;

    static final String CLUSTER = "shop";

    static final String NAME = "node-a";

    static final String ADDRESS = "10.0.0.7:7400";

    private static final long SEED = 20261127;

    final AtomicLong clock = new AtomicLong(NOW_MILLIS);
    final CountingAuthenticator authenticator;
    final RequestVerifier verifier;
    final RequestSigner signer;

    private TestNode(HmacKeys keys, String cluster, String name, int noncesMax, long startMillis) {
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);
        authenticator = new CountingAuthenticator(new HmacSigner(keys));
        signer = new RequestSigner(authenticator, random, clock::get, cluster);
        clock.set(startMillis);
        verifier = RequestVerifier.create(
                authenticator,
                cluster,
                Set.of(name, ADDRESS),
                clock::get,
                new ReplayMemory(noncesMax, random.nextLong()));
        clock.set(NOW_MILLIS);
    }

    /** A node that has been up for an hour. */
    static TestNode with(HmacKeys keys) {
        return new TestNode(keys, CLUSTER, NAME, 100, NOW_MILLIS - 3_600_000);
    }

    static TestNode named(HmacKeys keys, String cluster, String name) {
        return new TestNode(keys, cluster, name, 100, NOW_MILLIS - 3_600_000);
    }

    static TestNode remembering(HmacKeys keys, int noncesMax) {
        return new TestNode(keys, CLUSTER, NAME, noncesMax, NOW_MILLIS - 3_600_000);
    }

    static TestNode startedAt(HmacKeys keys, long startMillis) {
        return new TestNode(keys, CLUSTER, NAME, 100, startMillis);
    }

    static HmacKeys keys() {
        return keys(key("k1", 1, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** Keys of which the first signs. */
    static HmacKeys keys(SigningKey... installed) {
        HmacKeys keys = new HmacKeys();
        for (SigningKey key : installed) {
            keys.install(key);
        }
        keys.use(installed[0].id());
        return keys;
    }

    static SigningKey key(String id, int fill, long notBeforeMillis, long notAfterMillis) {
        byte[] secret = new byte[SigningKey.SECRET_BYTES_LEAST];
        Arrays.fill(secret, (byte) fill);
        return new SigningKey(id, Secret.copyOf(secret), Role.MEMBER, notBeforeMillis, notAfterMillis);
    }

    static RequestHead post() {
        return new RequestHead("POST", ADDRESS, "/internal/set", "a=1&b=%20", "application/json");
    }

    /** A request that this node signs, for the node named {@link #NAME}. */
    TestRequest request() {
        return TestRequest.signed(signer, post(), NAME, "{\"key\":\"42\"}");
    }

    RequestVerdict receive(TestRequest request) {
        RequestVerdict head =
                verifier.verifyHead(request.method(), request.path(), request.query(), request.fields()::get);
        return head instanceof Accepted accepted
                ? verifier.verifyBody(accepted, TestRequest.digestOf(request.body()))
                : head;
    }

    /** Why a request is refused, or {@code ACCEPTED}. */
    String outcome(TestRequest request) {
        return receive(request) instanceof Refused refused ? refused.reason().name() : "ACCEPTED";
    }
}
