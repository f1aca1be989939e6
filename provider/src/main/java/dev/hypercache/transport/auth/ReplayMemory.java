package dev.hypercache.transport.auth;

/**
 * Remembers the nonces of admitted requests, so that none is admitted twice (RFC 9421 §7.2.2).
 *
 * <p><b>Problem.</b> A request may be admitted within 30 s before and after it was signed, so twice within 60 s. Remembering each
 * nonce with its time and dropping them one by one would cost a queue beside the set.
 *
 * <p><b>Approach.</b> Two sets. Nonces go into the current one; when it is 61 s old, it becomes the former one, a new one takes
 * its place, and what was the former one is forgotten. So each nonce is remembered for 61 to 122 s. The clock is the caller's and
 * may be set: the memory knows the latest time of all that it has forgotten, and admits nothing for which that is less than 60 s
 * ago. Whatever the clock does, no nonce is admitted at two times that lie within 60 s of each other.
 *
 * <p><b>Limits.</b> Each set holds up to a given number of nonces and takes 21 bytes for each, nothing while there are none. When
 * the current set is full, nothing is admitted until it is 61 s old: who floods with a valid key is not let through, and neither
 * is anybody else.
 *
 * <p>Safe for use by several threads, which wait for each other for a moment; the longest while a set doubles.
 */
public final class ReplayMemory {

    /** How many nonces a set holds unless told otherwise: 1,600 requests a second. */
    public static final int NONCES_DEFAULT = 100_000;

    /** How many it may be told to hold. */
    public static final int NONCES_MAX = 1_000_000;

    /** How far apart two moments can be at which the same request may be admitted. */
    static final long SPAN_MILLIS = 2 * RequestVerifier.WINDOW_MILLIS;

    /** A second more, since threads that have read the clock may arrive in another order. */
    static final long TURN_MILLIS = SPAN_MILLIS + 1_000;

    private final int noncesMax;
    private final long salt;
    private NonceSet current;
    private NonceSet former;
    private long currentSinceMillis;
    private long currentLastMillis = Long.MIN_VALUE;
    private long formerLastMillis = Long.MIN_VALUE;
    private long forgottenMillis = Long.MIN_VALUE;

    /**
     * Makes an empty memory.
     *
     * @param noncesMax how many nonces each of the two sets holds, 1 to {@value #NONCES_MAX}
     * @param salt unpredictable, such as from {@link java.security.SecureRandom}
     * @throws IllegalArgumentException if the number is out of its range
     */
    public ReplayMemory(int noncesMax, long salt) {
        if (noncesMax < 1 || noncesMax > NONCES_MAX) {
            throw new IllegalArgumentException("A replay memory of " + noncesMax + " nonces: it holds 1 to "
                    + NONCES_MAX + ". Allow 61 for each signed request a second.");
        }
        this.noncesMax = noncesMax;
        this.salt = salt;
        this.current = new NonceSet(noncesMax, salt);
        this.former = new NonceSet(noncesMax, salt);
    }

    /**
     * Remembers a nonce if it is new. Ask last, when all else about a request is proven: then nobody without a key can fill the
     * memory, nor use up the nonce of a request that is still under way.
     *
     * @param nonce of a request that may be admitted now
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @return whether it was new; if it was not admitted, the memory is as before
     */
    public synchronized Admission admit(Nonce nonce, long nowMillis) {
        turn(nowMillis);
        if ((nonce.high() | nonce.low()) == 0 || current.contains(nonce) || former.contains(nonce)) {
            return Admission.REPLAYED;
        }
        if (nowMillis - SPAN_MILLIS <= forgottenMillis) {
            return Admission.CLOCK_SET_BACK;
        }
        if (current.size() == noncesMax) {
            return Admission.FULL;
        }
        current.add(nonce);
        currentLastMillis = Math.max(currentLastMillis, nowMillis);
        return Admission.ADMITTED;
    }

    /**
     * Tells how many nonces are remembered.
     *
     * @return 0 to twice the number that one set holds
     */
    public synchronized int size() {
        return current.size() + former.size();
    }

    private void turn(long nowMillis) {
        if (current.size() == 0) {
            currentSinceMillis = nowMillis;
        } else if (nowMillis - currentSinceMillis >= TURN_MILLIS) {
            forgottenMillis = Math.max(forgottenMillis, formerLastMillis);
            former = current;
            formerLastMillis = currentLastMillis;
            current = new NonceSet(noncesMax, salt);
            currentSinceMillis = nowMillis;
            currentLastMillis = Long.MIN_VALUE;
        }
    }
}
