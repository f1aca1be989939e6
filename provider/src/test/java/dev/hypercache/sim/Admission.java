package dev.hypercache.sim;

import dev.hypercache.core.control.AdmitMember;
import java.util.function.Consumer;

/** How a node that starts becomes a member: it catches up, asks to be admitted, and reads that it was. */
final class Admission {

    private static final long EVERY_MILLIS = 60;
    private static final long TIMEOUT_MILLIS = 200;

    private final EventQueue queue;
    private final NodeControl control;
    private final Consumer<NodeControl> admitted;
    private long caughtUpAt = Long.MAX_VALUE;
    private boolean isAdmitted;

    Admission(EventQueue queue, NodeControl control, Consumer<NodeControl> admitted) {
        this.queue = queue;
        this.control = control;
        this.admitted = admitted;
    }

    void start() {
        control.attach(Runnable::run, this::look);
        control.start();
        attempt();
    }

    private void look() {
        if (!isAdmitted && control.self() != null) {
            isAdmitted = true;
            admitted.accept(control);
        }
    }

    private void attempt() {
        if (isAdmitted) {
            return;
        }
        control.log().barrier(TIMEOUT_MILLIS).whenComplete((index, unavailable) -> {
            if (unavailable == null) {
                caughtUpAt = Math.min(caughtUpAt, index);
            }
        });
        if (!control.isProposing() && control.index() >= caughtUpAt) {
            control.propose(new AdmitMember(control.profile()));
        }
        queue.afterMillis(EVERY_MILLIS, this::attempt);
    }
}
