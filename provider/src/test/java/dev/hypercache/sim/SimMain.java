package dev.hypercache.sim;

import java.util.List;

/**
 * Runs seeds from the command line: {@code base count [kinds [shown]]}, {@code hashes base count} to print nothing but what
 * each seed came to, {@code first base count} to stop at the first violation, or {@code scan base count} to print the first
 * violation of each seed, and the seeds that took long, without shrinking.
 */
final class SimMain {

    private SimMain() {}

    public static void main(String[] args) {
        if (args[0].equals("hashes")) {
            hashes(Long.parseLong(args[1]), Integer.parseInt(args[2]));
        } else if (args[0].equals("first")) {
            System.out.println(first(Long.parseLong(args[1]), Integer.parseInt(args[2])));
        } else if (args[0].equals("scan")) {
            scan(Long.parseLong(args[1]), Integer.parseInt(args[2]));
        } else {
            run(args);
        }
    }

    /** Generic seeds until one fails, as one line; a run that ends in an exception fails, too. */
    private static String first(long base, int count) {
        for (int i = 0; i < count; i++) {
            SimCase what = SimCase.of(base + i, FaultKinds.all());
            List<String> violations = violations(what);
            if (!violations.isEmpty()) {
                String violation = violations.get(0).lines().findFirst().orElse("");
                return "caught by seed " + what.seed() + ", number " + (i + 1) + ": " + violation;
            }
        }
        return "survived " + count + " seeds";
    }

    private static void scan(long base, int count) {
        int violating = 0;
        for (long seed = base; seed < base + count; seed++) {
            long begin = System.nanoTime();
            List<String> violations = violations(SimCase.ofProperties(seed));
            long seconds = (System.nanoTime() - begin) / 1_000_000_000;
            if (!violations.isEmpty()) {
                violating++;
                System.out.println(seed + " (" + seconds + " s): "
                        + violations.get(0).lines().findFirst().orElse(""));
            } else if (seconds >= 10) {
                System.out.println(seed + " took " + seconds + " s");
            }
        }
        System.out.println(violating + " of " + count + " seeds from " + base + " violate");
    }

    private static List<String> violations(SimCase what) {
        try {
            return new SimRun(what).run().violations();
        } catch (RuntimeException e) {
            return List.of(e.toString());
        }
    }

    private static void hashes(long base, int count) {
        for (long seed = base; seed < base + count; seed++) {
            System.out.println(
                    new SimRun(SimCase.of(seed, FaultKinds.all())).run().fingerprint());
        }
    }

    private static void run(String[] args) {
        long base = Long.parseLong(args[0]);
        int count = Integer.parseInt(args[1]);
        int shown = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        FaultKinds kinds = args.length > 2 ? FaultKinds.of(args[2]) : FaultKinds.all();
        SeedSeries series = new SeedSeries();
        for (int i = 0; i < count; i++) {
            SimCase what = SimCase.of(base + i, kinds);
            SimRun.Result result = series.run(what);
            if (!result.violations().isEmpty() && shown-- > 0) {
                System.out.println(FailureReport.of(what, result));
            }
        }
        System.out.println(series.line());
    }
}
