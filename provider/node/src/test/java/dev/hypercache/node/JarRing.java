package dev.hypercache.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The members of a ring on this machine: processes that run the jar, the first of them or all but the first. */
final class JarRing implements AutoCloseable {

    private final List<String> addresses;
    private final List<JarProcess> processes = new ArrayList<>();

    private JarRing(List<String> addresses) {
        this.addresses = addresses;
    }

    /**
     * Starts processes and does not wait for them.
     *
     * @param first the first member that a process is
     * @param size of how many
     */
    static JarRing start(int first, int size) throws IOException {
        JarRing ring = new JarRing(freeAddresses(size));
        for (int node = first; node < size; node++) {
            List<String> properties = new ArrayList<>();
            ring.settingsOf(node).forEach((name, value) -> properties.add(name + "=" + value));
            ring.processes.add(new JarProcess(properties));
        }
        return ring;
    }

    private static List<String> freeAddresses(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<String> addresses = sockets.stream()
                .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                .toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }

    /** What a member is told. */
    Properties settingsOf(int node) {
        Properties settings = new Properties();
        settings.setProperty("hypercache.ring.slots", "64");
        settings.setProperty("hypercache.node.name", "n" + (node + 1));
        settings.setProperty("hypercache.bind", addresses.get(node));
        settings.setProperty("hypercache.seeds", String.join(",", addresses));
        return settings;
    }

    String address(int node) {
        return addresses.get(node);
    }

    List<JarProcess> processes() {
        return processes;
    }

    void awaitReady() throws InterruptedException {
        for (JarProcess process : processes) {
            process.awaitReady();
        }
    }

    @Override
    public void close() {
        processes.forEach(JarProcess::close);
    }
}
