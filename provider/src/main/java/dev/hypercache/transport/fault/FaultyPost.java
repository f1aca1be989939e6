package dev.hypercache.transport.fault;

import java.util.function.BooleanSupplier;

/** A post on its way through the faults. */
final class FaultyPost implements Passage {

    private final BooleanSupplier sending;
    private volatile boolean refused;

    FaultyPost(BooleanSupplier sending) {
        this.sending = sending;
    }

    @Override
    public void arrive() {
        if (!sending.getAsBoolean()) {
            refused = true;
        }
    }

    @Override
    public void lose() {}

    /** False if it arrived at once and it was dropped; what is held back or lost counts as accepted. */
    boolean wasAccepted() {
        return !refused;
    }
}
