package dev.hypercache.core.record;

/**
 * The node broke a rule of its own: a bug, never the caller's fault.
 *
 * <p>It ends one operation and never the JVM, which is somebody's application.
 */
public final class InvariantViolation extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param rule which rule was broken, by which values
     */
    public InvariantViolation(String rule) {
        super("internal error, please report it: " + rule);
    }
}
