package dev.hypercache.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class in a JVM of its own and reads the one number that it prints in its last line. */
final class ChildJvm {
    private ChildJvm() {}

    /** What the child logs is shown if it fails, and else dropped. Fails too when its last line is no number. */
    static double run(List<String> jvmOptions, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("child-jvm", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            String logged = Files.readString(errors);
            Files.delete(errors);
            if (status != 0) {
                throw new IllegalStateException("Status " + status + " from " + command + ": " + output + logged);
            }
            List<String> lines = output.lines().toList();
            return Double.parseDouble(lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command, e);
        }
    }
}
