package dev.hypercache.sim;

import java.util.List;

/** Runs seeds from the command line; see {@code SimulationTest} for what the properties mean. */
final class SimMain {

    private SimMain() {}

    public static void main(String[] args) {
        long base = Long.parseLong(args[0]);
        int count = Integer.parseInt(args[1]);
        String kinds = args.length > 2 ? args[2] : "wpcsl";
        FaultKinds faults = FaultKinds.of(kinds);
        int shown = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        SeedSeries series = new SeedSeries(faults);
        for (int i = 0; i < count; i++) {
            SimRun.Result result = series.run(base + i);
            if (!result.violations().isEmpty() && shown-- > 0) {
                System.out.println("seed " + result.seed());
                List<String> violations = result.violations();
                violations.subList(0, Math.min(3, violations.size())).forEach(System.out::println);
            }
        }
        System.out.println(series.line());
    }
}
