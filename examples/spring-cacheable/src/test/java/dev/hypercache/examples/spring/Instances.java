package dev.hypercache.examples.spring;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.CacheManager;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.Cache;
import org.springframework.context.ConfigurableApplicationContext;

/** Instances of the application in this JVM, each a context of its own with a node of its own on one ring. */
final class Instances implements AutoCloseable {
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    private Instances() {}

    /** Starts them at the same time, since a ring forms when its nodes are there. The arguments are for all. */
    static Instances start(int count, Path directory, String... arguments) throws Exception {
        List<Callable<ConfigurableApplicationContext>> starts = new ArrayList<>();
        for (Path file : files(count, directory)) {
            starts.add(() -> new SpringApplicationBuilder(ClockChangesApplication.class)
                    .run(with(arguments, "--spring.cache.jcache.config=" + file.toUri())));
        }
        Instances instances = new Instances();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            for (Future<ConfigurableApplicationContext> start : threads.invokeAll(starts)) {
                instances.contexts.add(start.get());
            }
            return instances;
        } finally {
            threads.shutdown();
        }
    }

    private static String[] with(String[] arguments, String more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(more);
        return all.toArray(String[]::new);
    }

    ConfigurableApplicationContext context(int instance) {
        return contexts.get(instance);
    }

    ClockChanges changes(int instance) {
        return context(instance).getBean(ClockChanges.class);
    }

    CacheManager manager(int instance) {
        return context(instance).getBean(CacheManager.class);
    }

    Cache cache(int instance, String name) {
        return Objects.requireNonNull(
                context(instance)
                        .getBean(org.springframework.cache.CacheManager.class)
                        .getCache(name),
                name);
    }

    /** How often all of them together ran the bodies of cached methods. */
    int computations() {
        return contexts.stream()
                .mapToInt(context -> context.getBean(ClockChanges.class).computations())
                .sum();
    }

    @Override
    public void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    private static List<Path> files(int count, Path directory) throws IOException {
        List<String> addresses = freeAddresses(count);
        List<Path> files = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            Properties settings = new Properties();
            settings.setProperty("hypercache.bind", addresses.get(node));
            settings.setProperty("hypercache.seeds", String.join(",", addresses));
            settings.setProperty("hypercache.ring.slots", "64");
            settings.setProperty("hypercache.request.timeout", "30s");
            settings.setProperty("hypercache.codec.java.allow", "@spring," + YearOfChanges.class.getName());
            settings.setProperty("hypercache.cache.*.statistics", "on");
            settings.setProperty("hypercache.cache.bounded.max.entries", "100");
            Path file = directory.resolve("n" + (node + 1) + ".properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                settings.store(out, null);
            }
            files.add(file);
        }
        return files;
    }

    /** Addresses of the loopback interface with free ports, as far as anybody can know. */
    static List<String> freeAddresses(int count) throws IOException {
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
