package dev.hypercache.attack;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.ReplayMemory;
import dev.hypercache.transport.auth.RequestSigner;
import dev.hypercache.transport.auth.RequestVerifier;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.undertow.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The keys that an attacked node shares with others, and what callers make of them. */
final class SharedKeys {

    /** A key that the node believes. */
    static final String GOOD = "good";
    /** One that was valid until an hour ago. */
    static final String OLD = "old";
    /** One that is valid in an hour. */
    static final String NEW = "new";

    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final String node;
    private final SignedCalls ofNode;

    /**
     * Makes keys.
     *
     * @param noncesMax how many signed requests the node remembers
     */
    SharedKeys(String node, int noncesMax) {
        this.node = node;
        long now = System.currentTimeMillis();
        MessageAuthenticator keys = new HmacSigner(new HmacKeys());
        keys.keys().install(SigningKey.unlimited(GOOD, secret(GOOD), Role.CLIENT));
        keys.keys()
                .install(new SigningKey(
                        OLD, secret(OLD), Role.CLIENT, now - TimeUnit.DAYS.toMillis(1), now - HOUR_MILLIS));
        keys.keys()
                .install(new SigningKey(
                        NEW, secret(NEW), Role.CLIENT, now + HOUR_MILLIS, now + TimeUnit.DAYS.toMillis(1)));
        keys.keys().use(GOOD);
        ReplayMemory memory = new ReplayMemory(noncesMax, 7);
        LongSupplier clock = System::currentTimeMillis;
        this.ofNode = new SignedCalls(
                new LiveKeys(keys),
                new RequestSigner(keys, new SecureRandom(), clock, TestAuthority.CLUSTER),
                RequestVerifier.create(keys, TestAuthority.CLUSTER, Set.of(node), clock, memory),
                TestAuthority.CLUSTER,
                clock);
    }

    /** The bytes of a key follow from a word. */
    static Secret secret(String word) {
        return Secret.copyOf((word + " is the secret of a test, of 32 bytes or more").getBytes(StandardCharsets.UTF_8));
    }

    SignedCalls ofNode() {
        return ofNode;
    }

    /** A caller that holds the good key and does everything right, until a test changes that. */
    SignedCall call() {
        return new SignedCall(GOOD, GOOD, TestAuthority.CLUSTER, node, 0);
    }
}
