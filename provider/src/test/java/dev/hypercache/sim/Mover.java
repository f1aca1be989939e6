package dev.hypercache.sim;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;

/** Moves replicas of slots: adds a learner, begins the switch, completes it when the slot's leader says so. */
final class Mover {

    private static final long EVERY_MILLIS = 40;

    /** One replica on its way from a node, dead or alive, to another. */
    private record Move(int slot, int from, int to) {}

    private final SimRing ring;
    private final Chance chance;
    private final List<Move> moves = new ArrayList<>();
    private int completed;

    Mover(SimRing ring, Chance chance) {
        this.ring = ring;
        this.chance = chance;
    }

    int completed() {
        return completed;
    }

    boolean isDone() {
        return moves.isEmpty();
    }

    /** Asks for a replica to move; false if the slot is moving already or the move makes no sense. */
    boolean move(int slot, int from, int to) {
        SlotConfiguration now = ring.topology().of(slot);
        boolean isFree = moves.stream().noneMatch(one -> one.slot == slot);
        if (isFree && now.voters().contains(from) && !now.holders().contains(to)) {
            moves.add(new Move(slot, from, to));
            return true;
        }
        return false;
    }

    /** Takes over every replica of a dead node, as soon as its slots are free. */
    void replace(int dead, int successor) {
        ring.queue().afterMillis(EVERY_MILLIS, () -> {
            boolean left = false;
            for (int slot = 0; slot < ring.topology().slots(); slot++) {
                SlotConfiguration now = ring.topology().of(slot);
                if (now.isSwitching()
                        ? now.incoming().contains(dead)
                        : now.voters().contains(dead)) {
                    left = true;
                    move(slot, dead, successorIn(slot, successor));
                }
            }
            if (left) {
                replace(dead, successor);
            }
        });
    }

    /** The new incarnation, or anybody without a copy if that one has died in turn or holds one already. */
    private int successorIn(int slot, int successor) {
        if (ring.node(successor).isUp() && !ring.topology().of(slot).holders().contains(successor)) {
            return successor;
        }
        for (SimNode node : ring.live()) {
            if (!ring.topology().of(slot).holders().contains(node.id())) {
                return node.id();
            }
        }
        return successor;
    }

    void start() {
        ring.queue().afterMillis(EVERY_MILLIS + chance.below(30), () -> {
            moves.removeIf(this::proceed);
            start();
        });
    }

    private boolean proceed(Move move) {
        SlotConfiguration now = ring.topology().of(move.slot);
        if (now.isSwitching()) {
            if (leaderSaysComplete(move.slot, now) && ring.topology().complete(move.slot, now.epoch())) {
                completed++;
                return true;
            }
        } else if (!now.voters().contains(move.from)) {
            return true;
        } else if (!ring.node(move.to).isUp()) {
            return !now.learners().contains(move.to) || ring.topology().dropLearner(move.slot, now.epoch(), move.to);
        } else if (now.learners().contains(move.to)) {
            begin(move, now);
        } else {
            ring.topology().addLearner(move.slot, now.epoch(), move.to);
        }
        return false;
    }

    private void begin(Move move, SlotConfiguration now) {
        boolean isFilled = ring.live().stream().anyMatch(node -> {
            Leadership leadership = node.serving(move.slot);
            return leadership != null && leadership.isFilled(move.to);
        });
        if (isFilled || chance.happens(0.03)) {
            int[] incoming = now.voters().toArray();
            for (int i = 0; i < incoming.length; i++) {
                incoming[i] = incoming[i] == move.from ? move.to : incoming[i];
            }
            ring.topology().begin(move.slot, now.epoch(), MemberSet.of(incoming));
        }
    }

    private boolean leaderSaysComplete(int slot, SlotConfiguration now) {
        return ring.live().stream().anyMatch(node -> {
            Leadership leadership = node.serving(slot);
            return leadership != null
                    && node.configuration(slot).epoch() == now.epoch()
                    && leadership.isSwitchComplete();
        });
    }
}
