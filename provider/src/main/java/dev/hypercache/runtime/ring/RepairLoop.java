package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.node.SlotRoots;
import dev.hypercache.core.repair.LedSlot;
import dev.hypercache.core.repair.NodeCopies;
import dev.hypercache.core.repair.PairRepair;
import dev.hypercache.core.repair.ReadRepair;
import dev.hypercache.core.repair.RepairEvent;
import dev.hypercache.core.repair.RepairPace;
import dev.hypercache.core.replica.Recount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares the copies of this node with those of the others, and counts its own once more in the background.
 *
 * <p>Runs on the timer's thread alone, which takes the locks of slots one at a time and has none when it comes here. What
 * other threads have for it waits in the {@link RepairInbox}.
 */
final class RepairLoop implements NodeCopies {

    private static final long RECOUNT_MILLIS = 100;
    private static final int RECOUNTED_MAX = 256;
    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * What is switched on.
     *
     * @param pairs whether this node compares itself as a leader; it answers others in any case
     * @param reads whether it passes on what readers saw
     * @param pace how often it compares itself
     */
    record Switches(boolean pairs, boolean reads, RepairPace pace) {}

    private final SlotHost host;
    private final SlotCells cells;
    private final Switches switches;
    private final PairRepair pairs;
    private final ReadRepair reads;
    private volatile long intervalMillis;
    private long recountedAtMillis;
    private int recounted;
    private int compared;
    private long loggedAtNanos = System.nanoTime() - LOG_PAUSE_NANOS;

    RepairLoop(SlotHost host, SlotCells cells, Switches switches) {
        this.host = host;
        this.cells = cells;
        this.switches = switches;
        this.pairs = new PairRepair(this::send, this, this::happened, switches.pace());
        this.reads = new ReadRepair(this::send, this::leaderOf, this::happened);
        this.intervalMillis = switches.pace().intervalMillis();
    }

    private void send(int member, Message message) {
        if (member == host.self()) {
            cells.receive(member, message);
        } else {
            host.links().post(member, message);
        }
    }

    private int leaderOf(int slot) {
        return cells.cell(slot).leader();
    }

    private void happened(RepairEvent event) {
        host.metrics().happened(event);
    }

    @Override
    public List<LedSlot> led(int follower) {
        List<LedSlot> led = new ArrayList<>();
        for (int slot = 0; slot < cells.size(); slot++) {
            cells.cell(slot).withMachine((machine, now) -> {
                addIfAny(led, SlotRoots.led(machine, follower, now));
                addIfAny(led, SlotRoots.unorderedLed(machine, host.self(), follower));
            });
        }
        return led;
    }

    @Override
    public List<SlotRoot> followed(int leader) {
        List<SlotRoot> followed = new ArrayList<>();
        for (int slot = 0; slot < cells.size(); slot++) {
            cells.cell(slot).withMachine((machine, now) -> {
                addIfAny(followed, SlotRoots.followed(machine, host.self(), leader));
                addIfAny(followed, SlotRoots.unorderedFollowed(machine, host.self(), leader));
            });
        }
        return followed;
    }

    private static <T> void addIfAny(List<T> list, @Nullable T one) {
        if (one != null) {
            list.add(one);
        }
    }

    @Override
    public void compareUnordered(int slot, int holder) {
        compared++;
        cells.cell(slot).withMachine((machine, now) -> machine.leaderless().compare(holder));
    }

    @Override
    public void compare(int slot, int follower) {
        compared++;
        cells.cell(slot).withMachine((machine, now) -> {
            Leadership mine = machine.leadership();
            if (mine != null) {
                mine.repairs().compare(follower, now);
            }
        });
    }

    /** Does what is due. */
    void tick() {
        long now = host.clock().steadyMillis();
        host.repairs().drain((from, message) -> pairs.receive(from, message, now), this::seen);
        if (host.repairs().takeChange()) {
            pairs.reset(now);
        }
        if (switches.pairs()) {
            pairs.tick(reachable(), now);
            intervalMillis = pairs.intervalMillis();
            recount(now);
            logCompared();
        }
        reads.tick(now);
    }

    private void seen(ReadRepair.Stale stale) {
        if (switches.reads()) {
            reads.seen(stale);
        }
    }

    private int[] reachable() {
        return Arrays.stream(host.links().members().others())
                .filter(member -> !host.watch().suspected().get(member))
                .toArray();
    }

    /** A few records of one slot; the next slot's when these were all. */
    private void recount(long now) {
        if (now - recountedAtMillis < RECOUNT_MILLIS) {
            return;
        }
        recountedAtMillis = now;
        boolean[] under = {false};
        cells.cell(recounted % cells.size()).withMachine((machine, unused) -> under[0] = recount(machine));
        recounted += under[0] ? 0 : 1;
    }

    /** Whether there is more to be read of the slot. */
    private boolean recount(SlotMachine machine) {
        Recount.Step step = machine.state().contents().recount(RECOUNTED_MAX);
        if (step == Recount.Step.MISMATCHED) {
            host.metrics().recountMismatched();
            host.log()
                    .error("recount")
                    .addKeyValue("slot", machine.state().slot())
                    .log("What a copy holds is not what was written to it; its fingerprint was counted anew. Please"
                            + " look at the memory of this machine, and report this.");
        }
        return step != null;
    }

    private void logCompared() {
        if (compared > 0 && System.nanoTime() - loggedAtNanos >= LOG_PAUSE_NANOS) {
            loggedAtNanos = System.nanoTime();
            host.log()
                    .info("repair")
                    .addKeyValue("slots", compared)
                    .log("Copies of slots at other members differed and were compared with this node's.");
            compared = 0;
        }
    }

    /** The shortest pause between two comparisons with another member; any thread may ask. */
    long intervalMillis() {
        return intervalMillis;
    }
}
