package dev.hypercache.sim.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The sources with one patch: compiled into a directory of their own, and run by a JVM of their own. */
final class Mutant {

    private static final String SIMULATOR = "dev.hypercache.sim.SimMain";
    private static final String SIMULATOR_OF_FORMING = "dev.hypercache.core.form.FormMain";
    private static final String FORMING = "/core/form/";
    private static final String SURVIVED = "survived ";
    private static final Pattern CAUGHT = Pattern.compile("caught by seed (\\d+), number \\d+: (.*)");
    private static final long RUN_MINUTES_MAX = 60;

    /**
     * What came of the patch.
     *
     * @param bad seeds that fail without the patch, too, and say nothing of it
     */
    record Verdict(String name, boolean caught, String told, List<Long> bad) {}

    private final String name;
    private final Path repository;
    private final Path directory;
    private final PatchFile patch;

    Mutant(Path file, Path repository, Path directory) throws IOException {
        this.name = file.getFileName().toString().replace(".patch", "");
        this.repository = repository;
        this.directory = directory.resolve(name);
        this.patch = PatchFile.parse(Files.readString(file));
    }

    /**
     * Runs seeds until one finds a violation that is not there without the patch, {@code seedsMax} of them at most.
     */
    Verdict run(long base, int seedsMax) throws IOException, InterruptedException {
        try {
            compile();
        } catch (IllegalArgumentException e) {
            return new Verdict(name, false, String.valueOf(e.getMessage()), List.of());
        }
        List<Long> bad = new ArrayList<>();
        String patched = classes() + System.getProperty("path.separator") + System.getProperty("java.class.path");
        long next = base;
        while (next < base + seedsMax) {
            String told = first(patched, next, (int) (base + seedsMax - next));
            Matcher caught = CAUGHT.matcher(told);
            if (!caught.matches()) {
                boolean survived = told.startsWith(SURVIVED);
                return new Verdict(name, false, survived ? SURVIVED + seedsMax + " seeds" : told, bad);
            }
            long seed = Long.parseLong(caught.group(1));
            if (!CAUGHT.matcher(first(System.getProperty("java.class.path"), seed, 1))
                    .matches()) {
                return new Verdict(name, true, "after " + (seed - base + 1) + " seeds: " + caught.group(2), bad);
            }
            bad.add(seed);
            next = seed + 1;
        }
        return new Verdict(name, false, SURVIVED + seedsMax + " seeds", bad);
    }

    /** What the simulator says of seeds until the first that fails; the last line of its output. */
    private String first(String classPath, long base, int count) throws IOException, InterruptedException {
        Path log = directory.resolve("seeds.txt");
        // Runs of few seconds: what the second compiler would gain it costs.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        simulator(),
                        "first",
                        Long.toString(base),
                        Integer.toString(count))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(RUN_MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "no word" : lines.get(lines.size() - 1);
    }

    private String simulator() {
        for (String path : patch.paths()) {
            if (path.contains(FORMING)) {
                return SIMULATOR_OF_FORMING;
            }
        }
        return SIMULATOR;
    }

    private Path classes() {
        return directory.resolve("classes");
    }

    private void compile() throws IOException {
        Files.createDirectories(classes());
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xlint:none", "-encoding", "UTF-8"));
        arguments.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), "-d", classes().toString()));
        for (String path : patch.paths()) {
            Path source = directory.resolve("sources").resolve(path);
            Files.createDirectories(Objects.requireNonNull(source.getParent()));
            Files.writeString(source, patch.applyTo(path, Files.readString(repository.resolve(path))));
            arguments.add(source.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("no compiler: run on a JDK");
        }
        if (compiler.run(null, System.out, System.err, arguments.toArray(new String[0])) != 0) {
            throw new IllegalArgumentException("does not compile");
        }
    }
}
