package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.Verdict;
import dev.hypercache.spi.security.Verdict.Authentic;
import dev.hypercache.spi.security.Verdict.Rejected;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.RequestVerdict.Refused;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed requests (RFC 9421 §3.2) in the one form of {@code docs/SIGNING.md}, in two steps: the head, which tells
 * whether the body is worth reading, then the body.
 *
 * <p>The order of the checks is that of SECURITY §3.1: sizes, duplicates, form, signature, validity of the key, time, cluster and
 * target; then time once more, digest of the body, nonce. So whoever has no key learns nothing and uses nothing up, and a
 * body that takes long cannot carry a nonce beyond the time for which it is remembered.
 *
 * <p>Safe for use by several threads; does not wait.
 */
public final class RequestVerifier {

    /** How many names a node can have. */
    public static final int NAMES_MAX = 8;

    /** How far from now a request may have been signed, before or after. */
    static final long WINDOW_MILLIS = 30_000;

    /** Whole seconds travel, so what was signed right after the start seems to be from before. */
    private static final long START_SLACK_MILLIS = 1_000;

    private static final long MILLIS_PER_SECOND = 1_000;

    private final MessageAuthenticator authenticator;
    private final String cluster;
    private final Set<String> names;
    private final LongSupplier clock;
    private final long startMillis;
    private final ReplayMemory memory;

    private RequestVerifier(
            MessageAuthenticator authenticator,
            String cluster,
            Set<String> names,
            LongSupplier clock,
            ReplayMemory memory) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.cluster = cluster;
        this.names = names;
        this.clock = clock;
        this.startMillis = clock.getAsLong();
        this.memory = Objects.requireNonNull(memory, "memory");
    }

    /**
     * Makes a verifier. It refuses what was signed before now, since a memory of an earlier life may have admitted that.
     *
     * @param authenticator holds the keys
     * @param cluster the cluster's name, 1 to 128 of {@code A-Z a-z 0-9 . _ -}
     * @param names what a request may be addressed to: the node's name and the {@code host:port} that it advertises; 1 to
     *     {@value #NAMES_MAX}
     * @param clock tells the milliseconds since 1970-01-01T00:00Z
     * @param memory empty, and of no other verifier
     * @return the verifier
     * @throws IllegalArgumentException if a name has another form, or there are none or too many
     */
    public static RequestVerifier create(
            MessageAuthenticator authenticator,
            String cluster,
            Set<String> names,
            LongSupplier clock,
            ReplayMemory memory) {
        if (names.isEmpty() || names.size() > NAMES_MAX) {
            throw new IllegalArgumentException("A node of " + names.size() + " names: it has 1 to " + NAMES_MAX
                    + ". Give its name and the address that it advertises.");
        }
        for (String name : names) {
            Part.TARGET.require(name);
        }
        return new RequestVerifier(authenticator, Part.CLUSTER.require(cluster), Set.copyOf(names), clock, memory);
    }

    /**
     * Verifies all but the body. What is accepted is proven to come from a holder of the key, not yet to be new: act on it only
     * after {@link #verifyBody}.
     *
     * @param method as it came
     * @param path as it came, not decoded
     * @param query as it came, not decoded, without its question mark; empty if there is none
     * @param fields the header fields
     * @return accepted, or why not
     */
    public RequestVerdict verifyHead(String method, String path, String query, FieldLookup fields) {
        ReceivedHead received = new ReceivedHead(fields);
        RefusalReason malformed = received.read(method, path, query);
        if (malformed != null) {
            return new Refused(malformed, null);
        }
        SignedHead head = received.signedHead();
        SignatureInput input = received.input();
        long nowMillis = clock.getAsLong();
        Verdict verdict =
                authenticator.verify(nowMillis, new Signature(input.keyId(), received.signature()), head.base(input));
        if (verdict instanceof Rejected rejected) {
            return new Refused(reasonOf(rejected), input.keyId());
        }
        Authentic authentic = (Authentic) verdict;
        long createdMillis = input.createdSeconds() * MILLIS_PER_SECOND;
        RefusalReason reason = reasonOfTime(createdMillis, nowMillis);
        if (reason == null) {
            reason = reasonOfTarget(head);
        }
        return reason != null
                ? new Refused(reason, authentic.keyId())
                : new Accepted(authentic.keyId(), authentic.role(), input.nonce(), createdMillis, head.contentDigest());
    }

    /**
     * Verifies the body, and that the request was not accepted before.
     *
     * @param head what {@link #verifyHead} accepted
     * @param body the digest of the whole body
     * @return the same, or why not
     */
    public RequestVerdict verifyBody(Accepted head, BodyDigest body) {
        long nowMillis = clock.getAsLong();
        RefusalReason reason = reasonOfTime(head.createdMillis(), nowMillis);
        if (reason == null && !body.matches(head.contentDigest())) {
            reason = RefusalReason.DIGEST;
        }
        if (reason == null) {
            reason = reasonOf(memory.admit(head.nonce(), nowMillis));
        }
        return reason == null ? head : new Refused(reason, head.keyId());
    }

    private @Nullable RefusalReason reasonOfTime(long createdMillis, long nowMillis) {
        if (createdMillis < nowMillis - WINDOW_MILLIS) {
            return RefusalReason.STALE;
        }
        if (createdMillis > nowMillis + WINDOW_MILLIS) {
            return RefusalReason.FUTURE;
        }
        return createdMillis < startMillis - START_SLACK_MILLIS ? RefusalReason.BEFORE_START : null;
    }

    private @Nullable RefusalReason reasonOfTarget(SignedHead head) {
        if (!head.cluster().equals(cluster)) {
            return RefusalReason.OTHER_CLUSTER;
        }
        return names.contains(head.target()) ? null : RefusalReason.OTHER_TARGET;
    }

    private static RefusalReason reasonOf(Rejected rejected) {
        return switch (rejected.reason()) {
            case UNKNOWN_KEY -> RefusalReason.UNKNOWN_KEY;
            case WRONG_SIGNATURE -> RefusalReason.WRONG_SIGNATURE;
            case KEY_NOT_YET_VALID -> RefusalReason.KEY_NOT_YET_VALID;
            case KEY_EXPIRED -> RefusalReason.KEY_EXPIRED;
        };
    }

    private static @Nullable RefusalReason reasonOf(Admission admission) {
        return switch (admission) {
            case ADMITTED -> null;
            case REPLAYED -> RefusalReason.REPLAYED;
            case FULL -> RefusalReason.FULL;
            case CLOCK_SET_BACK -> RefusalReason.CLOCK_SET_BACK;
        };
    }
}
