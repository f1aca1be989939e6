package dev.hypercache.sim;

import java.util.List;

/** What a failed run is told as: its least form, what happened in it, and how to run it again. */
final class FailureReport {

    private static final int SHOWN_MAX = 5;

    private FailureReport() {}

    static String of(SimCase failing, SimRun.Result result) {
        Shrinker shrinker =
                new Shrinker(one -> !new SimRun(one).run().violations().isEmpty());
        SimCase least = shrinker.shrink(failing, result.faultNumbers(), (int) result.operations());
        SimRun.Result again = new SimRun(least).run();
        List<String> violations = again.violations();
        StringBuilder report = new StringBuilder();
        report.append("seed ").append(failing.seed()).append(": ");
        report.append(again.faults()).append(" of ").append(result.faults()).append(" faults and ");
        report.append(again.operations())
                .append(" of ")
                .append(result.operations())
                .append(" operations suffice (");
        report.append(shrinker.attempts()).append(" attempts)\n");
        again.story().forEach(line -> report.append("  ").append(line).append('\n'));
        violations
                .subList(0, Math.min(SHOWN_MAX, violations.size()))
                .forEach(line -> report.append(line).append('\n'));
        report.append("replay with ").append(least.properties()).append('\n');
        report.append("in full with ").append(failing.properties());
        return report.toString();
    }
}
