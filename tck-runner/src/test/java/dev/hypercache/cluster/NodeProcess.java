package dev.hypercache.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link NodeDriver} in a process of its own, which is ended by its id. */
final class NodeProcess implements AutoCloseable {

    private static final long END_SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final Writer lines;

    /**
     * Starts it; {@link #awaitReady} tells when it takes part.
     *
     * @param properties system properties as {@code name=value}
     */
    NodeProcess(List<String> properties, File log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeDriver.class.getName()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        lines = process.outputWriter(StandardCharsets.UTF_8);
    }

    void awaitReady() {
        String first = read();
        if (!NodeDriver.READY.equals(first)) {
            throw new AssertionError("the node's process said " + first);
        }
    }

    /** Does something and returns what came of it. */
    synchronized String ask(String line) {
        try {
            lines.write(line + "\n");
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read();
    }

    private String read() {
        try {
            String line;
            do {
                line = answers.readLine();
            } while (line != null && !line.startsWith(NodeDriver.ANSWER));
            if (line == null) {
                throw new AssertionError("the node's process ended");
            }
            return line.substring(NodeDriver.ANSWER.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: nobody hears a good-bye. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }

    /** SIGSTOP. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (sent.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
