package dev.hypercache.spi.topology;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log could not answer in time: it has no majority, or it is closed. Worth trying again unless closed. */
public final class TopologyUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean maybeAppended;

    /**
     * Tells what failed.
     *
     * @param message what was tried, for how long, and what is missing
     * @param maybeAppended whether a change of this call may be in the log or still get there
     * @param cause what lies behind, or null
     */
    public TopologyUnavailableException(String message, boolean maybeAppended, @Nullable Throwable cause) {
        super(message, cause);
        this.maybeAppended = maybeAppended;
    }

    /**
     * Tells whether the change of the failed call may be in the log or still get there.
     *
     * @return false only if it certainly never will
     */
    public boolean maybeAppended() {
        return maybeAppended;
    }
}
