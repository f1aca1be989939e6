package dev.hypercache.examples.secured;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A node in a process of its own. */
final class Member implements AutoCloseable {

    private static final String MAIN = "dev.hypercache.bootstrap.StandaloneNode";
    private static final String READY = "HyperCache node is ready";

    private final Process process;

    private Member(Process process) {
        this.process = process;
    }

    static Member start(Properties settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-Xmx256m");
        settings.stringPropertyNames().forEach(name -> command.add("-D" + name + "=" + settings.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        return new Member(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until it takes part. */
    void awaitReady() throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.equals(READY)) {
                return;
            }
        }
        throw new IOException("A node ended before it took part; its output above says why.");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
