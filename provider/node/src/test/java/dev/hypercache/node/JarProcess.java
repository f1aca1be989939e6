package dev.hypercache.node;

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

/** The jar in a process of its own, which is ended by its id. */
final class JarProcess implements AutoCloseable {

    private static final long READY_SECONDS = 40;
    private static final long END_SECONDS = 20;

    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /** @param properties system properties as {@code name=value} */
    JarProcess(List<String> properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-Xmx128m");
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", System.getProperty("test.node.jar")));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/nodes.log")))
                .start();
        Thread reader = new Thread(this::read, "reader of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
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

    /** Waits until it says that it is a member of its ring. */
    void awaitReady() throws InterruptedException {
        try {
            ready.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the node's process is not ready; target/nodes.log says more", e);
        }
    }

    /** SIGTERM; returns the exit code. */
    int leave() throws InterruptedException {
        process.toHandle().destroy();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
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
