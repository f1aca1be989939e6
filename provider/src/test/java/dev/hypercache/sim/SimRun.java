package dev.hypercache.sim;

import dev.hypercache.core.hint.HintCounts;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.Finding;
import dev.hypercache.sim.check.LinearizabilityChecker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One run from one seed: a ring under load and faults, then peace, then the checks. */
final class SimRun {

    private static final long LIMIT_MILLIS = 600_000;
    private static final long OFFSET_MAX_MILLIS = 500;
    private static final long SETTLE_MILLIS = 10_000;

    /** How large a run is. */
    record Size(int nodes, int keys) {}

    /** What came of a run. */
    record Result(
            long seed,
            long hash,
            Size size,
            long operations,
            long failed,
            long indeterminate,
            Map<String, Long> troubles,
            int faults,
            BitSet faultNumbers,
            List<String> story,
            Coverage coverage,
            List<String> violations) {

        /** All of the run in one line: two runs with the same took the same way. */
        String fingerprint() {
            return "seed " + seed + ": " + Long.toHexString(hash) + ", " + operations + " operations, " + faults
                    + " faults, " + violations.size() + " violations";
        }
    }

    private final SimCase what;

    SimRun(SimCase what) {
        this.what = what;
    }

    Result run() {
        Chance chance = new Chance(what.seed());
        boolean isLarge = what.seed() % 2 != 0;
        int size = isLarge ? (int) chance.between(5, 6) : 3;
        int replicas = size >= 5 && chance.happens(0.3) ? 5 : 3;
        SimRing ring = new SimRing(
                chance.split(),
                size,
                chance.happens(0.5) ? 2 : 4,
                replicas,
                Healing.USUAL.with(hintLimits(chance.split())),
                what.engine());
        boolean isBrisk = chance.happens(0.5); // Many at once on few keys, and the faults come as fast.
        Workload workload = new Workload(
                Math.min(what.operations(), (int) chance.between(300, 450)),
                isBrisk ? 4 + chance.below(9) : 6 + chance.below(4),
                isBrisk ? 1 + chance.below(3) : 1 + chance.below(5),
                chance.happens(0.6) ? chance.happens(0.5) ? 12 : 3 : 0,
                isBrisk ? 15_000 : 150_000,
                isBrisk && chance.happens(0.5) ? 0.5 : 0,
                chance.happens(0.6) ? chance.happens(0.3) ? 85 : 18 : 0,
                chance.happens(0.7),
                chance.happens(0.5));
        Mover mover = new Mover(ring, chance.split());
        Suspicions suspicions = new Suspicions(ring, chance.split(), Detector.USUAL);
        Chaos chaos = new Chaos(ring, mover, suspicions, chance.split(), what, isBrisk ? 500 : 1_200);
        Histories histories = new Histories();
        LevelLoad levels = new LevelLoad(ring, histories, workload.clears() > 0);
        LeaderlessLoad leaderless = new LeaderlessLoad(ring, ring.leaderlessChecks(), chance.split(), workload);
        mover.start();
        suspicions.start();
        chaos.start();
        int faultsMin = what.faultsMin();
        BooleanSupplier enough = () -> histories.operations() >= workload.operations() && chaos.count() >= faultsMin;
        List<ClientLoop> loops = new ArrayList<>();
        for (int i = 1; i <= workload.clients(); i++) {
            Client client = new Client(ring, i, ring.node(1));
            ClientLoop loop = new ClientLoop(ring, histories, workload, levels, chance.split(), client);
            loops.add(loop);
            loop.start(enough);
        }
        Chance dice = new Chance(~what.seed());
        if (dice.happens(0.6)) {
            ring.evictions().start(histories, workload, dice, enough);
        }
        if (what.loses()) {
            ring.losses().start(histories, workload, new Chance(what.seed() * 31));
        }
        leaderless.start(2, enough);
        boolean ended = until(ring, LIMIT_MILLIS, enough);
        chaos.mend();
        ended &= until(
                ring,
                ring.queue().nowMillis() + SETTLE_MILLIS,
                () -> loops.stream().noneMatch(ClientLoop::isBusy) && !leaderless.isBusy());
        if (!ended) {
            ring.invariants()
                    .violated("not every operation ended within " + SETTLE_MILLIS + " ms of peace: "
                            + loops.stream().filter(ClientLoop::isBusy).toList());
        }
        until(
                ring,
                ring.queue().nowMillis() + SETTLE_MILLIS,
                () -> ring.lives().isQuiet()
                        && !ring.topology().isOver()
                        && !Losses.isAny(ring.topology().state()));
        OrderedEnd ordered = new OrderedEnd(ring);
        LeaderlessEnd end = new LeaderlessEnd(ring, ring.leaderlessChecks());
        end.begin();
        boolean settled = until(
                ring,
                ring.queue().nowMillis() + SETTLE_MILLIS,
                () -> mover.isDone() && ordered.isEqual() && end.differences().isEmpty() && end.hasNoHints());
        if (!settled) {
            ring.invariants()
                    .violated("not settled: " + ordered.differences() + ", " + end.differences() + ", " + end.copies()
                            + ", " + mover);
        }
        end.check();
        readBack(ring, histories, workload, end);
        check(ring, histories, end);
        measureSlotTimes(ring);
        if (what.kinds().corruption() && settled) {
            new RepairEpilogue(ring).run(chance.split(), () -> ordered.isEqual());
        }
        ring.invariants().note(ring.queue().nowMicros());
        return new Result(
                what.seed(),
                ring.invariants().hash(),
                new Size(size, workload.keys()),
                histories.operations(),
                histories.failed(),
                histories.indeterminate(),
                histories.troubles(),
                chaos.count(),
                chaos.numbers(),
                chaos.story(),
                ring.coverage(),
                ring.invariants().violations());
    }

    /** Mostly what does not matter in so short a run; else so little that it does, or none. */
    private static HintLimits hintLimits(Chance chance) {
        if (chance.happens(0.5)) {
            return Healing.HINTS;
        }
        long most = chance.between(1, 40);
        return new HintLimits(chance.happens(0.7), chance.between(200, 2_000), 200, most, most * 2, 4_096);
    }

    private static boolean until(SimRing ring, long limitMillis, BooleanSupplier condition) {
        long next = 0;
        while (true) {
            if (ring.queue().nowMillis() >= next) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                next = ring.queue().nowMillis() + 10;
            }
            if (ring.queue().nowMillis() >= limitMillis || !ring.queue().step(Long.MAX_VALUE)) {
                return false;
            }
        }
    }

    /** The last reads, of every counter. */
    private static void readBack(SimRing ring, Histories histories, Workload workload, LeaderlessEnd unordered) {
        Client reader = new Client(ring, 0, ring.live().get(0));
        int[] open = {0};
        for (int index = 0; index < workload.keys(); index++) {
            for (int cache = Workload.PLAIN; cache <= Workload.ALL; cache++) {
                SimKey key = new SimKey(cache, index);
                Get get = new Get(key, ExpiryRule.NEVER);
                open[0]++;
                reader.call(histories.of(cache), Action.of(get), get, null, end -> {
                    open[0]--;
                    Outcome outcome = end.outcome();
                    if (outcome == null) {
                        ring.invariants().violated("the last read of " + key + " failed: " + end.trouble());
                    } else if (key.cache() == Workload.COUNTERS
                            && !ring.losses().isReset(key)) {
                        StoredRecord after = outcome.after();
                        long last = after == null ? 0 : (Long) after.value();
                        histories
                                .counter(key)
                                .complaints(last)
                                .forEach(one -> ring.invariants().violated("counter " + key + ": " + one));
                    }
                });
            }
        }
        if (!until(ring, ring.queue().nowMillis() + SETTLE_MILLIS, () -> open[0] == 0 && unordered.hasNoHints())) {
            ring.invariants().violated(open[0] + " of the last reads did not end, or hints stay");
        }
    }

    private static void check(SimRing ring, Histories histories, LeaderlessEnd end) {
        long disputed =
                ring.coverage().of("LEADERLESS_REVIVED") + ring.coverage().of("LEADERLESS_DROPPED");
        if (disputed > 0) {
            ring.invariants()
                    .violated("leaderless: a copy took for deleted " + disputed + " times what another one held");
        }
        for (int cache : histories.caches()) {
            for (Finding finding :
                    new LinearizabilityChecker().check(histories.of(cache).history())) {
                if (!ring.corrupted().contains(finding.key())) {
                    ring.invariants().violated(finding.toString());
                }
            }
        }
        for (SimNode node : ring.live()) {
            HintCounts hints = node.hints().counts();
            if (hints.pending() > end.hintsThatWait(node)) {
                ring.invariants().violated("hints left at " + node + ": " + hints);
            }
            ring.coverage().count("HINT_REPLAYED", hints.replayed());
            ring.coverage().count("HINT_DROPPED", hints.dropped());
            ring.coverage().count("HINT_EXPIRED", hints.expired());
            if (node.coordinator().inFlight() != 0) {
                ring.invariants().violated("bounds: " + node.coordinator().inFlight() + " requests left at " + node);
            }
        }
    }

    /** Counts the slots whose time is further ahead than most clocks allow (CONSISTENCY §2); nothing keeps it back today. */
    private static void measureSlotTimes(SimRing ring) {
        long[] clocks = ring.live().stream()
                .mapToLong(node -> node.clock().wallMillis())
                .sorted()
                .toArray();
        long majority = clocks[(clocks.length - 1) / 2];
        for (SimNode node : ring.live()) {
            for (SlotMachine machine : node.machines()) {
                if (machine.isServing() && machine.state().slotTimeMillis() > majority + OFFSET_MAX_MILLIS) {
                    ring.coverage().count("SLOT_TIME_AHEAD");
                }
            }
        }
    }
}
