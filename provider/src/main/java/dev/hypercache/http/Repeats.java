package dev.hypercache.http;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of requests that had an idempotency key, so that a repeated request gets the same answer and acts once.
 *
 * <p>Remembered on this node alone. A mutation's token in the ring cannot be made from the key: the ring forgets a client's
 * tokens in the order of their sequence, which keys do not have, and a client for each key would make every version of an entry
 * carry all of them for the whole token window. A caller that repeats a request at another node may therefore act twice.
 *
 * <p>A request that did certainly nothing is forgotten at once, so that its repetition may succeed; one of unknown fate is
 * remembered. Nothing is forgotten early: at the bound new keys are refused. Safe for use by any threads.
 */
final class Repeats {

    /** A request that acts or has acted. */
    private static final class Act {
        final byte[] fingerprint;
        /** Completed with null if the request did nothing. */
        final CompletableFuture<@Nullable FaceAnswer> answer = new CompletableFuture<>();

        Act(byte[] fingerprint) {
            this.fingerprint = fingerprint;
        }
    }

    private record Due(String key, long atNanos) {}

    private final int keysMax;
    private final long windowNanos;
    private final LongSupplier nanos;
    /** At most {@link #keysMax}; guarded by itself. */
    private final Map<String, Act> acts = new HashMap<>();
    /** The remembered ones in the order in which they are forgotten; guarded by the same lock. */
    private final ArrayDeque<Due> dues = new ArrayDeque<>();

    /**
     * @param keysMax the most keys at a time, 1 or more
     * @param windowMillis how long an answer is remembered, in milliseconds
     * @param nanos a clock that never goes back, in nanoseconds
     */
    Repeats(int keysMax, long windowMillis, LongSupplier nanos) {
        this.keysMax = keysMax;
        this.windowNanos = TimeUnit.MILLISECONDS.toNanos(windowMillis);
        this.nanos = nanos;
    }

    /**
     * Performs a request, or waits for the one that had its key first.
     *
     * @param key the idempotency key
     * @param fingerprint tells requests apart
     * @param request performs it; its threads are bounded, and each waits for one that runs
     * @throws FaceFailure if another request had the key, or too many keys are remembered
     */
    FaceAnswer answer(String key, byte[] fingerprint, Supplier<FaceAnswer> request) {
        while (true) {
            Act mine = new Act(fingerprint);
            Act first = enter(key, mine);
            if (first == mine) {
                return perform(key, mine, request);
            }
            if (!Arrays.equals(first.fingerprint, fingerprint)) {
                throw new FaceFailure(
                        FaceError.KEY_REUSED,
                        "another request had this Idempotency-Key; make a new one for each request that is another");
            }
            FaceAnswer answer = first.answer.join();
            if (answer != null) {
                return answer.repeated();
            }
        }
    }

    private Act enter(String key, Act mine) {
        synchronized (acts) {
            long now = nanos.getAsLong();
            for (Due due = dues.peek(); due != null && due.atNanos() - now <= 0; due = dues.peek()) {
                acts.remove(due.key());
                dues.remove();
            }
            Act first = acts.get(key);
            if (first != null) {
                return first;
            }
            if (acts.size() >= keysMax) {
                throw new FaceFailure(
                        FaceError.OVERLOADED,
                        "this node remembers " + keysMax + " idempotency keys and takes no more for now; try again"
                                + " later, or without a key");
            }
            acts.put(key, mine);
            return mine;
        }
    }

    private FaceAnswer perform(String key, Act mine, Supplier<FaceAnswer> request) {
        FaceAnswer answer = null;
        try {
            answer = request.get();
            return answer;
        } finally {
            boolean isRemembered = answer != null && answer.isFinal();
            synchronized (acts) {
                if (isRemembered) {
                    dues.add(new Due(key, nanos.getAsLong() + windowNanos));
                } else {
                    acts.remove(key);
                }
            }
            mine.answer.complete(isRemembered ? answer : null);
        }
    }
}
