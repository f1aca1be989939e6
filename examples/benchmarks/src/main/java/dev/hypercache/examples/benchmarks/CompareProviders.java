package dev.hypercache.examples.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs {@link CacheOperations} for all providers in turn, round by round, and prints one table.
 *
 * <p>Each measurement is a JVM of its own. Providers take turns within a row, and who begins changes with the round: a
 * machine that becomes slower or faster meanwhile does so for all of them. The spread over the rounds is printed, so that
 * a difference smaller than it is not taken for one.
 */
public final class CompareProviders {
    private static final Set<String> NAMES =
            Set.of("rounds", "time", "warmup", "threads", "operations", "storage", "providers");
    private static final String OPERATIONS = "get,put,invoke,replace," + Row.COMPARE_AND_REPLACE;

    private final int rounds;
    private final Fork fork;
    private final List<Provider> providers;
    private final List<Row> rows;

    private CompareProviders(Arguments arguments) {
        rounds = arguments.number("rounds", 5);
        fork = Fork.of(arguments);
        providers = arguments.list("providers", names(Provider.values()), Provider::valueOf);
        rows = rows(
                arguments.list("operations", OPERATIONS, name -> name),
                arguments.list("storage", names(Storage.values()), Storage::valueOf),
                arguments.list("threads", "1,4", Integer::valueOf));
    }

    /** Prints what the providers do with the values, the progress, and the table of medians, spreads and ratios. */
    public static void main(String[] args) throws RunnerException {
        new CompareProviders(Arguments.parse(args, NAMES)).run();
    }

    private void run() throws RunnerException {
        Set<Boolean> answers = new HashSet<>();
        for (Provider provider : providers) {
            ProviderCheck check = ProviderCheck.of(provider);
            System.out.println(check.text());
            answers.add(check.replacesEqualCopies());
        }
        ComparisonTable table = new ComparisonTable(providers, answers.size() > 1);
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            measureRound(round, table);
            System.out.printf(
                    Locale.ROOT,
                    "%nAfter round %d of %d (%d measurements in %.0f s)%n",
                    round + 1,
                    rounds,
                    rows.size() * providers.size(),
                    (System.nanoTime() - start) / 1e9);
            System.out.print(table.render()); // After each round, so that a run that is cut short leaves its figures.
        }
    }

    private void measureRound(int round, ComparisonTable table) throws RunnerException {
        List<Provider> turns = new ArrayList<>(providers);
        Collections.rotate(turns, round);
        for (Row row : rows) {
            for (Provider provider : turns) {
                table.add(row, provider, measure(row, provider));
            }
        }
    }

    private double measure(Row row, Provider provider) throws RunnerException {
        Map<String, String> parameters =
                Map.of("provider", provider.name(), "storage", row.storage().name());
        return fork.measure(CacheOperations.class, row.operation(), row.threads(), parameters);
    }

    private static List<Row> rows(List<String> operations, List<Storage> storages, List<Integer> threadCounts) {
        List<Row> rows = new ArrayList<>();
        for (String operation : operations) {
            for (Storage storage : storages) {
                for (int threads : threadCounts) {
                    rows.add(new Row(operation, storage, threads));
                }
            }
        }
        return rows;
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(","));
    }
}
