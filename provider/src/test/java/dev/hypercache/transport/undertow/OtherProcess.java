package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.RecordingListener;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A node in a process of its own, which echoes what it is asked and ends with its standard input. */
final class OtherProcess implements AutoCloseable {

    private static final NodeId ID = new NodeId("other", new Incarnation(1));

    private final Process process;
    private final Peer peer;

    private OtherProcess(Process process, Peer peer) {
        this.process = process;
        this.peer = peer;
    }

    static OtherProcess start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                int port = Integer.parseInt(line.substring("port ".length()));
                return new OtherProcess(process, new Peer(ID, new Address("127.0.0.1", port)));
            }
        }
        throw new IOException("the other process ended before it listened");
    }

    Peer peer() {
        return peer;
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Ends its standard input. */
    void endByItself() throws IOException {
        process.getOutputStream().close();
    }

    void onExit(Runnable action) {
        process.onExit().thenRun(action);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        Transport transport =
                new UndertowTransports().create(TransportOptions.withDefaults(ID, new Address("127.0.0.1", 0)));
        Address address = transport.start(new RecordingListener());
        System.out.println("port " + address.port());
        while (System.in.read() >= 0) {
            // Until the process that started this one ends, or wants this one to end: without closing anything.
        }
    }
}
