package dev.hypercache.sim;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.RingSettings;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.spi.topology.TopologyListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One life of a node as the control plane sees it: it follows the log by pages, proposes changes, sums them up at times. */
final class NodeControl implements TopologyListener {

    private static final long TIMEOUT_MILLIS = 300;
    private static final long CHECKPOINT_EVERY = 5;

    private final NodeProfile profile;
    private final MemberLog log;
    private final ControlChecks checks;
    private final Chance chance;
    private ControlMachine machine = new ControlMachine();
    private Consumer<Runnable> runner = Runnable::run;
    private Runnable changed = () -> {};
    private boolean proposing;
    private boolean closed;
    private boolean frozen;

    NodeControl(NodeProfile profile, MemberLog log, ControlChecks checks, Chance chance) {
        this.profile = profile;
        this.log = log;
        this.checks = checks;
        this.chance = chance;
    }

    void start() {
        log.start(this);
    }

    /** Whoever acts on the state from now on, and how it is reached. */
    void attach(Consumer<Runnable> newRunner, Runnable newChanged) {
        runner = newRunner;
        changed = newChanged;
        log.runBy(newRunner);
    }

    NodeProfile profile() {
        return profile;
    }

    MemberLog log() {
        return log;
    }

    ControlState state() {
        return machine.state();
    }

    long index() {
        return machine.index();
    }

    /** This life as a member, null before it is admitted and after it was removed. */
    @Nullable
    Member self() {
        Member member = state().roster().member(profile.name());
        return member != null && member.profile().boot().equals(profile.boot()) ? member : null;
    }

    /** The node begins as the member that it read it is. */
    void enter(Member self) {
        log.admitted(self, machine.index(), machine.snapshot());
        log.followed(machine.state());
    }

    /** Whether the node knows that it is to leave, or has left. */
    boolean isLeaving() {
        Member self = self();
        return self == null || self.draining();
    }

    @Override
    public void onAdvanced(long lastIndex) {
        runner.accept(() -> readTo(lastIndex));
    }

    /** Reads pages as they come; each is acted on before the next is looked at. */
    void readTo(long lastIndex) {
        while (!closed && !frozen && !isOfThePast() && machine.index() < lastIndex) {
            long before = machine.index();
            ControlMachine.Progress progress = machine.feed(log.read(before + 1, 1 + chance.below(4)));
            checks.followed(life(), progress, machine);
            log.followed(machine.state());
            changed.run();
            if (machine.index() == before) {
                return;
            }
        }
        if (!closed
                && !isOfThePast()
                && machine.index() % CHECKPOINT_EVERY == 0
                && machine.index() > 0
                && chance.happens(0.3)) {
            log.checkpoint(machine.index(), machine.snapshot());
        }
    }

    /** Does something as this life, now or once it runs again. */
    void perform(Runnable action) {
        runner.accept(action);
    }

    /** Whether the log went on without this life. */
    boolean isOfThePast() {
        return log.isOfThePast();
    }

    boolean isClosed() {
        return closed;
    }

    /** The ring's generation, as far as this life follows it. */
    long generation() {
        RingSettings ring = state().ring();
        return ring == null ? 0 : ring.ring().generation();
    }

    /** Takes part in the past generation no longer. Who looks at the present one already goes on with that. */
    ControlState freeze() {
        if (!isOfThePast()) {
            return ControlState.EMPTY;
        }
        frozen = true;
        return self() == null ? ControlState.EMPTY : state();
    }

    /** Goes on in the next generation. */
    void begin(ReformDecision decision) {
        if (self() == null) {
            forget();
        }
        frozen = false;
        proposing = false;
        log.enter(decision.index() + 1);
        checks.followed(life(), machine.feed(decision.beginning()), machine);
        changed.run();
    }

    /** Belongs to no ring yet, and looks at the present generation as if it had just started. */
    void beginAnew() {
        forget();
        frozen = false;
        proposing = false;
        log.enter(0);
    }

    private void forget() {
        machine = new ControlMachine();
        checks.forgot(life());
    }

    private String life() {
        return profile.name() + "/" + profile.boot();
    }

    boolean isProposing() {
        return proposing;
    }

    /** Appends a change after the last one known here; what comes of it is read from the log. */
    void propose(ControlCommand command) {
        proposing = true;
        ControlChange change = new ControlChange(chance.uuid(), command);
        log.append(machine.index(), change.encode(), TIMEOUT_MILLIS)
                .whenComplete((outcome, unavailable) -> proposing = false);
    }

    void close() {
        closed = true;
        log.close();
    }
}
