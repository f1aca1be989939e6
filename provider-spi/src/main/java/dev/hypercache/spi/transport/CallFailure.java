package dev.hypercache.spi.transport;

/**
 * Why a call has no reply (TRANSPORT §3.6). Whether to try again is a question of the type; whether that could act twice is
 * a question of {@link #maybeExecuted}.
 */
public sealed interface CallFailure {

    /**
     * Tells whether the peer may have acted on the request, or may still do so.
     *
     * @return false only if it certainly never will
     */
    boolean maybeExecuted();

    /**
     * The connection broke or never came about. Worth trying again, elsewhere too.
     *
     * @param maybeExecuted whether bytes of the request had been handed to the network
     * @param detail what broke it, for logs
     */
    record ConnectionLost(boolean maybeExecuted, String detail) implements CallFailure {}

    /**
     * The time was over.
     *
     * @param maybeExecuted whether bytes of the request had been handed to the network
     */
    record TimedOut(boolean maybeExecuted) implements CallFailure {}

    /**
     * Too much is under way, here or at the peer; the request was not executed. Worth trying again a little later.
     *
     * @param limit which bound was met, for logs
     */
    record Overloaded(String limit) implements CallFailure {

        @Override
        public boolean maybeExecuted() {
            return false;
        }
    }

    /**
     * Who answered is not who was meant, or does not let this node in. Trying again does not help.
     *
     * @param reason for logs; no secret
     */
    record Refused(String reason) implements CallFailure {

        @Override
        public boolean maybeExecuted() {
            return false;
        }
    }

    /** The link or the transport was closed before the call. */
    record Closed() implements CallFailure {

        @Override
        public boolean maybeExecuted() {
            return false;
        }
    }
}
