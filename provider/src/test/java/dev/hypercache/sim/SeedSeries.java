package dev.hypercache.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Many runs, and what came of them together. */
final class SeedSeries {

    private static final int LARGE_NODES = 5;

    private final Coverage coverage = new Coverage();
    private final List<Long> bad = new ArrayList<>();
    private final Set<Long> hashes = new HashSet<>();
    private long seeds;
    private long large;
    private long operations;
    private long failed;
    private long indeterminate;
    private long faultCount;

    SimRun.Result run(SimCase what) {
        SimRun.Result result;
        try {
            result = new SimRun(what).run();
        } catch (RuntimeException e) {
            throw new IllegalStateException("replay with " + what.properties(), e);
        }
        seeds++;
        operations += result.operations();
        failed += result.failed();
        indeterminate += result.indeterminate();
        faultCount += result.faults();
        coverage.add(result.coverage());
        hashes.add(result.hash());
        large += result.size().nodes() >= LARGE_NODES ? 1 : 0;
        if (!result.violations().isEmpty()) {
            bad.add(what.seed());
        }
        return result;
    }

    Coverage coverage() {
        return coverage;
    }

    List<Long> bad() {
        return bad;
    }

    long seeds() {
        return seeds;
    }

    /** How many different ways the runs took. */
    int hashes() {
        return hashes.size();
    }

    /** How many rings had five nodes or more. */
    long large() {
        return large;
    }

    String line() {
        StringBuilder line = new StringBuilder();
        line.append(seeds)
                .append(" seeds (")
                .append(large)
                .append(" of five nodes or more, ")
                .append(hashes.size())
                .append(" hashes), ")
                .append(operations)
                .append(" operations (")
                .append(failed);
        line.append(" failed, ")
                .append(indeterminate)
                .append(" indeterminate), ")
                .append(faultCount);
        line.append(" faults, coverage ")
                .append(coverage)
                .append(", ")
                .append(bad.size())
                .append(" violations");
        bad.forEach(seed -> line.append(", replay with -Dhypercache.sim.seed=").append(seed));
        return line.toString();
    }
}
