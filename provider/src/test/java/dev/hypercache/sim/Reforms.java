package dev.hypercache.sim;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.reform.ReformMessage;
import dev.hypercache.core.reform.ReformPort;
import dev.hypercache.core.reform.Reforming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a ring whose topology log lost its majority: the survivors agree on the next generation.
 *
 * <p>Those who come back announce themselves to members, and an operator says of the others that they are dead.
 */
final class Reforms {

    private static final long EVERY_MILLIS = 50;
    private static final long MESSAGE_MICROS = 3_000;

    private final SimRing ring;
    private final Chance chance;
    private final Map<UUID, Party> parties = new LinkedHashMap<>();
    private List<UUID> voters = List.of();
    private @Nullable ReformDecision decision;

    Reforms(SimRing ring, Chance chance) {
        this.ring = ring;
        this.chance = chance;
    }

    /** One life's part in it. */
    private final class Party implements ReformPort {

        private final NodeControl control;
        private final Reforming reforming;

        Party(NodeControl control) {
            this.control = control;
            this.reforming = new Reforming(
                    ring.topology().state().founded().ring(), control.profile().boot(), this);
        }

        @Override
        public void send(UUID boot, ReformMessage message) {
            if (!chance.happens(0.05)) {
                UUID from = control.profile().boot();
                ring.queue().after(chance.tailed(MESSAGE_MICROS), () -> deliver(from, boot, message));
            }
        }

        @Override
        public ControlState freeze() {
            return control.freeze();
        }

        @Override
        public void begin(ReformDecision decided) {
            if (ring.topology().isOver()) {
                decision = decided;
                ring.reformed(decided);
            }
            boolean isOther =
                    !control.isOfThePast(); // It looks at the next generation already, as one that is not of it.
            if (!control.isClosed() && !isOther) {
                control.begin(decided);
            }
        }

        @Override
        public int dice(int bound) {
            return chance.below(bound);
        }
    }

    /** The log has lost the majority of these voters. */
    void begin(List<UUID> newVoters) {
        voters = newVoters;
        parties.clear();
        decision = null;
        ring.topology().lost();
        look();
    }

    private void look() {
        ring.queue().afterMillis(EVERY_MILLIS, () -> {
            List<NodeControl> open = ring.controls();
            open.forEach(this::look);
            announce(open);
            passOn();
            if (ring.topology().isOver() || open.stream().anyMatch(NodeControl::isOfThePast)) {
                look();
            }
        });
    }

    /**
     * Whoever knew the decision may be dead before the others heard of it, and be missed by nobody, since the next generation's members
     * know it from their log. They would take the others for dead and admit them again; here they hear it at once.
     */
    private void passOn() {
        ReformDecision made = decision;
        boolean isKnown = parties.values().stream()
                .anyMatch(party -> !party.control.isClosed() && party.reforming.decided() != null);
        if (made != null && !isKnown) {
            ReformMessage.Decided word = new ReformMessage.Decided(made.reform().from(), made);
            made.concerned().forEach(boot -> deliver(new UUID(1, 1), boot, word));
        }
    }

    private void look(NodeControl control) {
        if (control.isOfThePast()) {
            Party party = parties.computeIfAbsent(control.profile().boot(), boot -> new Party(control));
            boolean knows = control.self() != null;
            control.perform(() -> party.reforming.tick(
                    knows ? control.state() : ControlState.EMPTY,
                    knows ? voters : List.of(),
                    null,
                    ring.queue().nowMillis()));
        }
    }

    private void deliver(UUID from, UUID to, ReformMessage message) {
        Party party = parties.get(to);
        if (party != null && !party.control.isClosed()) {
            party.control.perform(
                    () -> party.reforming.receive(from, message, ring.queue().nowMillis()));
        }
    }

    private void announce(List<NodeControl> open) {
        List<Party> members = new ArrayList<>();
        for (Party party : parties.values()) {
            if (!party.control.isClosed() && party.control.self() != null) {
                members.add(party);
            }
        }
        if (members.isEmpty()) {
            return;
        }
        for (NodeControl control : open) {
            if (control.self() == null && chance.happens(0.3)) {
                chance.oneOf(members).reforming.returned(control.profile());
            }
        }
        Party told = chance.oneOf(members);
        List<UUID> dead = dead(told.control.state());
        if (!dead.isEmpty() && chance.happens(0.2)) {
            told.reforming.declaredDead(chance.oneOf(dead));
        }
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        parties.values().stream()
                .filter(party -> !party.control.isClosed())
                .forEach(party -> lines.add(party.control.profile().name() + "@" + party.control.index()
                        + (party.reforming.isFrozen() ? " frozen" : "") + " misses " + party.reforming.missing()));
        return lines.toString();
    }

    /** Who lives no more and is a member as far as one life knows, or voted on the log. */
    private List<UUID> dead(ControlState known) {
        Set<UUID> dead = new LinkedHashSet<>(voters);
        known.roster().members().forEach(member -> dead.add(member.profile().boot()));
        ring.controls().forEach(control -> dead.remove(control.profile().boot()));
        return List.copyOf(dead);
    }
}
