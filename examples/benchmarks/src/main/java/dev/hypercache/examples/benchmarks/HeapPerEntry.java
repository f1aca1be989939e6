package dev.hypercache.examples.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Prints the heap that one entry {@code String} to {@code byte[100]} takes, keys and values included. */
public final class HeapPerEntry {
    private HeapPerEntry() {}

    /** Measures each provider in a JVM of its own, round by round. */
    public static void main(String[] args) {
        Arguments arguments = Arguments.parse(args, Set.of("entries", "rounds", "providers", "storage", "heap"));
        int entries = arguments.number("entries", 1_000_000);
        int rounds = arguments.number("rounds", 3);
        List<Provider> providers = arguments.list("providers", "HYPERCACHE,CAFFEINE", Provider::valueOf);
        Storage storage = Storage.valueOf(arguments.get("storage", "VALUE"));
        List<String> jvmOptions = List.of("-Xmx" + arguments.get("heap", "2g"));

        Map<Provider, List<Double>> bytes = new EnumMap<>(Provider.class);
        for (int round = 0; round < rounds; round++) {
            for (Provider provider : providers) {
                double measured = ChildJvm.run(
                        jvmOptions,
                        System.getProperty("java.class.path"),
                        HeapProbe.class,
                        provider.name(),
                        storage.name(),
                        Integer.toString(entries));
                bytes.computeIfAbsent(provider, key -> new ArrayList<>()).add(measured);
            }
        }
        print(entries, storage, rounds, bytes);
    }

    private static void print(int entries, Storage storage, int rounds, Map<Provider, List<Double>> bytes) {
        System.out.printf(
                Locale.ROOT,
                "Heap bytes for each of %d entries, stored by %s, %d rounds: median (min..max)%n",
                entries,
                storage.name().toLowerCase(Locale.ROOT),
                rounds);
        bytes.forEach((provider, measured) -> {
            Spread spread = Spread.of(measured);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s  %.1f (%.1f..%.1f)%n",
                    provider.label(),
                    spread.median(),
                    spread.min(),
                    spread.max());
        });
        List<Double> ours = bytes.get(Provider.HYPERCACHE);
        List<Double> caffeine = bytes.get(Provider.CAFFEINE);
        if (ours != null && caffeine != null) {
            double ratio = Spread.of(ours).median() / Spread.of(caffeine).median();
            System.out.printf(Locale.ROOT, "HyperCache/Caffeine: %.3f%n", ratio);
        }
    }
}
