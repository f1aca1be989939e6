package dev.hypercache.examples.hibernate;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Libraries on a ring of nodes, each with a file of its own as it would be in a process of its own. */
final class Nodes {
    private Nodes() {}

    /** Opens them at the same time, since a ring forms when all its nodes are there. */
    static List<Library> open(String database, int count, Path directory)
            throws IOException, InterruptedException, ExecutionException {
        List<Callable<Library>> openings = new ArrayList<>();
        for (Path file : files(count, directory)) {
            openings.add(() -> Library.open(database, file));
        }
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Library> libraries = new ArrayList<>();
            for (Future<Library> opening : threads.invokeAll(openings)) {
                libraries.add(opening.get());
            }
            return libraries;
        } finally {
            threads.shutdown();
        }
    }

    private static List<Path> files(int count, Path directory) throws IOException {
        List<String> addresses = freeAddresses(count);
        List<Path> files = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            Properties settings = new Properties();
            settings.setProperty("hypercache.bind", addresses.get(node));
            settings.setProperty("hypercache.seeds", String.join(",", addresses));
            settings.setProperty("hypercache.ring.slots", "64");
            settings.setProperty("hypercache.codec.java.allow", "@hibernate," + Binding.class.getName());
            settings.setProperty("hypercache.cache.default-query-results-region.max.entries", "10000");
            Path file = directory.resolve("n" + (node + 1) + ".properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                settings.store(out, null);
            }
            files.add(file);
        }
        return files;
    }

    private static List<String> freeAddresses(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            addresses.add("127.0.0.1:" + socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }
}
