package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.TestRings;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One life of one node in a {@link ReformWorld}: what it knows of the old log, and its part in the agreement. */
final class ReformLife implements ReformPort {

    private static final RingId RING = TestRings.settings(1, 1).ring();

    private final ReformWorld world;
    private final NodeProfile profile;
    private final Reforming reforming;
    private ControlState known = ControlState.EMPTY;
    private @Nullable ReformDecision begun;
    private boolean frozen;
    private boolean up = true;
    private long wakesAtMillis;

    ReformLife(ReformWorld world, NodeProfile profile) {
        this.world = world;
        this.profile = profile;
        this.reforming = new Reforming(RING, profile.boot(), this);
    }

    UUID boot() {
        return profile.boot();
    }

    NodeProfile profile() {
        return profile;
    }

    void knows(ControlState state) {
        known = state;
    }

    ControlState known() {
        return known;
    }

    /** It starts later. */
    void wakesAt(long millis) {
        wakesAtMillis = millis;
        up = false;
    }

    boolean isUp() {
        return up;
    }

    void die() {
        up = false;
        wakesAtMillis = Long.MAX_VALUE;
    }

    /** Whether it belongs to no ring, as far as it knows. */
    boolean isHomeless() {
        return known.index() == 0 && begun == null;
    }

    @Nullable
    ReformDecision decided() {
        return begun;
    }

    void tick(long now) {
        if (!up && wakesAtMillis > 0 && now >= wakesAtMillis) {
            up = true;
        }
        if (up) {
            reforming.tick(known, known.index() == 0 ? List.of() : world.voters(), null, now);
        }
    }

    void receive(UUID from, ReformMessage message, long now) {
        reforming.receive(from, message, now);
    }

    void met(NodeProfile life) {
        reforming.returned(life);
    }

    void declaredDead(UUID boot) {
        if (!boot.equals(boot())) {
            reforming.declaredDead(boot);
        }
    }

    /** Reads on in the old log, if both still take part in it. */
    void readsFrom(ReformLife other) {
        if (!frozen && !other.frozen && other.known.index() > known.index()) {
            known = world.state(other.known.index());
            world.count("READ_ON");
        }
    }

    @Override
    public void send(UUID boot, ReformMessage message) {
        world.count(message.getClass().getSimpleName());
        if (message instanceof ReformMessage.Consent consent && consent.agreed() != null) {
            world.count("TOLD_OF_EARLIER_ATTEMPT");
        }
        world.send(boot(), boot, message);
    }

    @Override
    public ControlState freeze() {
        if (frozen) {
            world.violated(this + " is frozen twice");
        }
        frozen = true;
        return known;
    }

    @Override
    public void begin(ReformDecision decision) {
        if (begun != null || !frozen) {
            world.violated(this + " begins twice, or before it was through with the old generation");
        }
        world.count("BEGUN");
        begun = decision;
    }

    @Override
    public int dice(int bound) {
        return world.below(bound);
    }

    @Override
    public String toString() {
        return profile.name() + "/" + boot() + "@" + known.index() + (frozen ? " frozen" : "") + " waits for "
                + reforming.missing();
    }
}
