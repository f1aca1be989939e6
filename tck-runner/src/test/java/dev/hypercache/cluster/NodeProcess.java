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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A {@link NodeDriver} in a process of its own, which is ended by its id.
 *
 * <p>A thread reads what it says. A line is shorter than what a pipe takes as a whole, so a process that is killed leaves no
 * half of one, and what it said before is heard.
 */
final class NodeProcess implements AutoCloseable {

    private static final long END_SECONDS = 20;
    private static final long ANSWER_SECONDS = 55;
    /** For many small processes that do not live for long. */
    private static final String JVM =
            System.getProperty("test.cluster.jvm", "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    private static final String ENDED = "the process ended";

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Writer lines;
    private final Consumer<String> events;
    private final Consumer<String> logLines;
    private final Thread reader;

    /**
     * Starts it; {@link #awaitReady} tells when it takes part.
     *
     * @param properties system properties as {@code name=value}
     * @param log gets what it writes to its standard error
     * @param events is told what its threads report, on another thread
     * @param logLines is told what it logs to its standard output, on the same thread
     */
    NodeProcess(List<String> properties, File log, Consumer<String> events, Consumer<String> logLines)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(JVM.split(" ")));
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeDriver.class.getName()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        lines = process.outputWriter(StandardCharsets.UTF_8);
        this.events = events;
        this.logLines = logLines;
        reader = new Thread(this::read, "reader of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(NodeDriver.ANSWER)) {
                    answers.add(line.substring(NodeDriver.ANSWER.length()));
                } else if (line.startsWith(NodeDriver.EVENT)) {
                    events.accept(line.substring(NodeDriver.EVENT.length()));
                } else {
                    logLines.accept(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            answers.add(ENDED);
        }
    }

    long pid() {
        return process.pid();
    }

    void awaitReady() {
        await(NodeDriver.READY, answer());
    }

    /** Waits until a process has rehearsed that was told to. */
    void awaitRehearsed() {
        await(Rehearsal.OVER, answer());
    }

    /** Lets a process that has rehearsed join its ring; {@link #awaitReady} tells when it takes part. */
    void join() {
        say(Rehearsal.JOIN);
    }

    private static void await(String wanted, String said) {
        if (!wanted.equals(said)) {
            throw new AssertionError("the node's process said " + said + ", and not " + wanted);
        }
    }

    /** Does something and returns what came of it. */
    synchronized String ask(String line) {
        say(line);
        return answer();
    }

    private void say(String line) {
        try {
            lines.write(line + "\n");
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() {
        try {
            String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (answer == null || answer.equals(ENDED)) {
                throw new AssertionError(answer == null ? "the node's process does not answer" : ENDED);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** SIGKILL: nobody hears a good-bye. Returns when everything is heard that the process said before. */
    void kill() throws InterruptedException {
        process.toHandle()
                .destroyForcibly(); // That of the process itself closes the pipes, with what is still in them.
        process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    }

    /** SIGTERM: it leaves. Returns when it has ended. */
    void leave() throws IOException, InterruptedException {
        signal("TERM");
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the node's process did not end within " + END_SECONDS + " s of SIGTERM");
        }
        reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
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
