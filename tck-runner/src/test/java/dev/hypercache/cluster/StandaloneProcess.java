package dev.hypercache.cluster;

import dev.hypercache.bootstrap.StandaloneNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link StandaloneNode} in a process of its own, beside the applications; ended by its id. */
public final class StandaloneProcess implements AutoCloseable {

    private static final long READY_SECONDS = 40;
    private static final long END_SECONDS = 20;

    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /**
     * Starts it; {@link #awaitReady} tells when it takes part.
     *
     * @param program what to run, as {@code -jar node.jar}, or a class path and the name of the class
     * @param properties system properties as {@code name=value}
     * @param log gets what it writes to its standard error
     */
    public StandaloneProcess(List<String> program, List<String> properties, File log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(program);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Thread reader = new Thread(this::read, "reader of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** One with the classes of this process. */
    public static StandaloneProcess ofClassPath(List<String> properties, File log) throws IOException {
        return ofClassPath(StandaloneNode.class, properties, log);
    }

    /** Another program with the classes of this process, which says {@link StandaloneNode#READY} too. */
    static StandaloneProcess ofClassPath(Class<?> main, List<String> properties, File log) throws IOException {
        List<String> program = List.of("-cp", System.getProperty("java.class.path"), main.getName());
        return new StandaloneProcess(program, properties, log);
    }

    private void read() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(StandaloneNode.READY)) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.completeExceptionally(new AssertionError("the node's process ended and was never ready"));
        }
    }

    /** Waits until it is a member of its ring. */
    public void awaitReady() throws InterruptedException {
        try {
            String unused = ready.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the node's process is not ready", e);
        }
    }

    /** SIGTERM: it leaves. Returns its exit code. */
    public int leave() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the node's process does not end");
        }
        return process.exitValue();
    }

    /** SIGKILL, if it still runs. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
