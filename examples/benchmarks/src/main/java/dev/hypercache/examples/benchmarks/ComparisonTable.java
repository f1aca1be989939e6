package dev.hypercache.examples.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Collects operations per second and prints one line for each row, with HyperCache's ratio to the best of the others. */
final class ComparisonTable {
    private static final double MINIMUM = 0.8;
    private static final double PARITY = 1.0;

    private static final String NOT_ALIKE = " *";

    private final List<Provider> providers;
    private final boolean copiesCompareDifferently;
    private final Map<Row, Map<Provider, List<Double>>> samples = new LinkedHashMap<>();

    ComparisonTable(List<Provider> providers, boolean copiesCompareDifferently) {
        this.providers = providers;
        this.copiesCompareDifferently = copiesCompareDifferently;
    }

    void add(Row row, Provider provider, double operationsPerSecond) {
        samples.computeIfAbsent(row, key -> new LinkedHashMap<>())
                .computeIfAbsent(provider, key -> new ArrayList<>())
                .add(operationsPerSecond);
    }

    /** The whole report: head line, rows, summary. */
    String render() {
        StringBuilder text = new StringBuilder("Thousand operations per second: median (min..max)\n");
        text.append(line("operation", "storage", "threads"));
        providers.forEach(provider -> text.append(cell(provider.label())));
        text.append("  HyperCache/best other\n");
        List<Double> ratios = new ArrayList<>();
        List<Double> ratiosOfLikes = new ArrayList<>();
        samples.forEach((row, byProvider) -> {
            text.append(line(row.operation(), row.storage().name(), Integer.toString(row.threads())));
            providers.forEach(provider ->
                    text.append(cell(format(Spread.of(byProvider.getOrDefault(provider, List.of()))))));
            boolean alike = !(copiesCompareDifferently && row.comparesCopies());
            OptionalDouble ratio = ratio(byProvider);
            ratio.ifPresent(ratios::add);
            ratio.ifPresent(alike ? ratiosOfLikes::add : unlike -> {});
            text.append(ratio.isPresent() ? String.format(Locale.ROOT, "  %.2f", ratio.getAsDouble()) : "  -")
                    .append(alike ? "" : NOT_ALIKE)
                    .append('\n');
        });
        text.append(summary(ratios));
        if (ratiosOfLikes.size() < ratios.size()) {
            text.append("without the rows marked *, where the providers do not do the same work: ")
                    .append(summary(ratiosOfLikes));
        }
        return text.toString();
    }

    private static OptionalDouble ratio(Map<Provider, List<Double>> byProvider) {
        OptionalDouble bestOther = byProvider.entrySet().stream()
                .filter(entry -> entry.getKey() != Provider.HYPERCACHE)
                .mapToDouble(entry -> Spread.of(entry.getValue()).median())
                .max();
        List<Double> ours = byProvider.get(Provider.HYPERCACHE);
        if (ours == null || bestOther.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Spread.of(ours).median() / bestOther.getAsDouble());
    }

    private static String summary(List<Double> ratios) {
        if (ratios.isEmpty()) {
            return "no ratio: HyperCache and at least one other provider must take part\n";
        }
        return String.format(
                Locale.ROOT,
                "rows >= %.1f: %d/%d, rows >= %.1f: %d/%d%n",
                MINIMUM,
                atLeast(ratios, MINIMUM),
                ratios.size(),
                PARITY,
                atLeast(ratios, PARITY),
                ratios.size());
    }

    private static long atLeast(List<Double> ratios, double bound) {
        return ratios.stream().filter(ratio -> ratio >= bound).count();
    }

    private static String format(Spread spread) {
        return String.format(
                Locale.ROOT, "%.0f (%.0f..%.0f)", spread.median() / 1e3, spread.min() / 1e3, spread.max() / 1e3);
    }

    private static String line(String operation, String storage, String threads) {
        return String.format(Locale.ROOT, "%-14s %-9s %7s", operation, storage, threads);
    }

    private static String cell(String content) {
        return String.format(Locale.ROOT, "  %22s", content);
    }
}
