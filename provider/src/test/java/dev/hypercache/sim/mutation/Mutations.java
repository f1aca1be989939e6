package dev.hypercache.sim.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Runs every patch of {@code src/test/mutations} through the simulator: {@code module base seeds [part of a name...]}.
 *
 * <p>Each removes one guard from the real source, and each must be caught by seeds that nobody chose. One that no seed
 * catches says that the guard is not needed or that the simulator is too tame.
 */
final class Mutations {

    private Mutations() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path module = Path.of(args[0]).toAbsolutePath().normalize();
        long base = Long.parseLong(args[1]);
        int seedsMax = Integer.parseInt(args[2]);
        List<String> wanted = List.of(args).subList(3, args.length);
        Path directory = Files.createTempDirectory("mutations");
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<Mutant.Verdict>> verdicts = new ArrayList<>();
        for (Path file : patches(module.resolve("src/test/mutations"), wanted)) {
            Mutant mutant = new Mutant(file, module.getParent(), directory);
            verdicts.add(pool.submit(() -> mutant.run(base, seedsMax)));
        }
        pool.shutdown();
        List<String> survivors = new ArrayList<>();
        TreeSet<Long> bad = new TreeSet<>();
        for (Future<Mutant.Verdict> each : verdicts) {
            Mutant.Verdict verdict = each.get();
            System.out.printf("%-44s %s%n", verdict.name(), verdict.told());
            bad.addAll(verdict.bad());
            if (!verdict.caught()) {
                survivors.add(verdict.name());
            }
        }
        delete(directory);
        System.out.println(verdicts.size() + " mutations, not caught: " + survivors);
        System.out.println("seeds that fail without any mutation: " + bad);
        System.exit(survivors.isEmpty() && bad.isEmpty() && !verdicts.isEmpty() ? 0 : 1);
    }

    private static List<Path> patches(Path directory, List<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .filter(file -> wanted.isEmpty()
                            || wanted.stream()
                                    .anyMatch(part ->
                                            file.getFileName().toString().contains(part)))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
