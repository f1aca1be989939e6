package dev.hypercache.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Addresses of the loopback interface with free ports, as far as anybody can know. */
public final class FreeAddresses {

    private static final int ATTEMPTS = 20;

    private FreeAddresses() {}

    /** So many hosts with one port that is free at each, each as {@code host:port}. */
    static List<String> ofOnePort(int count) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String first = of(1).get(0);
            int port = Integer.parseInt(first.substring(first.indexOf(':') + 1));
            List<String> hosts = IntStream.rangeClosed(1, count)
                    .mapToObj(host -> "127.0.0." + host)
                    .toList();
            if (hosts.stream().allMatch(host -> isFree(host, port))) {
                return hosts.stream().map(host -> host + ":" + port).toList();
            }
        }
        throw new IOException("no port is free at " + count + " loopback addresses");
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** So many different ones, each as {@code host:port}. */
    public static List<String> of(int count) throws IOException {
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
}
