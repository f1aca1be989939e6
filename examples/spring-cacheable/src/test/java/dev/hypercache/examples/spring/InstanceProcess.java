package dev.hypercache.examples.spring;

import dev.hypercache.examples.instance.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An {@link Instance} in a process of its own, which is ended by its id. What it logs goes to this process's standard error. */
final class InstanceProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private InstanceProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it with these system properties; {@link #awaitReady} waits until it serves. */
    static InstanceProcess start(Properties settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m"));
        settings.stringPropertyNames().forEach(name -> command.add("-D" + name + "=" + settings.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Instance.class.getName()));
        return new InstanceProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Instance.ANSWER)) {
                    answers.add(line.substring(Instance.ANSWER.length()));
                } else {
                    System.err.println(process.pid() + ": " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InstanceProcess awaitReady() throws InterruptedException {
        String answer = next();
        if (!answer.equals("ready")) {
            throw new IllegalStateException(answer);
        }
        return this;
    }

    String ask(String command) throws IOException, InterruptedException {
        commands.write(command + "\n");
        commands.flush();
        return next();
    }

    /** Its next answer. */
    String next() throws InterruptedException {
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IllegalStateException("Process " + process.pid() + " did not answer.");
        }
        return answer;
    }

    /** SIGTERM, by which nothing is lost of what it says; waits for its end. */
    void terminate() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Process " + process.pid() + " did not end.");
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
