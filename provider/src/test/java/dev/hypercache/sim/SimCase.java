package dev.hypercache.sim;

import java.util.BitSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What determines a run.
 *
 * @param only the numbers of the faults that happen; null for all that the seed draws
 * @param operations how many operations the clients begin at most
 * @param engine whether the topology log is the engine of production, or a list that cannot fail
 */
record SimCase(long seed, FaultKinds kinds, @Nullable BitSet only, int operations, boolean engine) {

    /** Few enough for each run to reach, enough for faults to meet. */
    static final int FAULTS_MIN = 5;

    private static final int CORRUPTED_ONE_IN = 5;
    private static final int LOSING_ONE_IN = 5;

    /** Whether half of the seeds run the engine of production. */
    private static final boolean ENGINE = Boolean.getBoolean("hypercache.sim.engine");

    /** Everything that a seed brings. */
    static SimCase of(long seed, FaultKinds kinds) {
        return new SimCase(seed, kinds, null, Integer.MAX_VALUE, ENGINE && (seed & 2) != 0);
    }

    /** What the properties ask for beside the seed; see {@code SimulationTest}. */
    static SimCase ofProperties(long seed) {
        String faults = System.getProperty("hypercache.sim.faults");
        SimCase all =
                of(seed, FaultKinds.all()).with(Integer.getInteger("hypercache.sim.operations", Integer.MAX_VALUE));
        return faults == null ? all : all.with(parse(faults));
    }

    SimCase with(BitSet faults) {
        return new SimCase(seed, kinds, faults, operations, engine);
    }

    /** The same with the other kind of topology log, or this one. */
    SimCase withEngine(boolean newEngine) {
        return new SimCase(seed, kinds, only, operations, newEngine);
    }

    SimCase with(int fewerOperations) {
        return new SimCase(seed, kinds, only, fewerOperations, engine);
    }

    /** How many faults there are at least, so that no run is a quiet one. */
    int faultsMin() {
        return only == null && !kinds.equals(FaultKinds.none()) ? FAULTS_MIN : 0;
    }

    /** Whether replicas forget something in this run, so that not every key can be expected to be right. */
    boolean corrupts() {
        return kinds.corruption() && seed % CORRUPTED_ONE_IN == 1;
    }

    /** Whether so many replicas die in this run that slots lose their majority; with the engine its log would lose its own. */
    boolean loses() {
        return !engine && kinds.crashes() && seed % LOSING_ONE_IN == 3;
    }

    private static BitSet parse(String numbers) {
        BitSet set = new BitSet();
        for (String number : numbers.split(",")) {
            if (!number.isBlank()) {
                set.set(Integer.parseInt(number.strip()));
            }
        }
        return set;
    }

    /** The properties by which {@code SimulationTest} runs this again. */
    String properties() {
        StringBuilder properties = new StringBuilder("-Dhypercache.sim.seed=").append(seed);
        if (only != null) {
            properties.append(" -Dhypercache.sim.faults=");
            properties.append(only.stream().mapToObj(Integer::toString).collect(Collectors.joining(",")));
        }
        if (operations != Integer.MAX_VALUE) {
            properties.append(" -Dhypercache.sim.operations=").append(operations);
        }
        return properties.toString();
    }
}
