package dev.hypercache.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * Three processes on one ring compute the time-zone pickers of some 150 languages together; one of them is killed in the midst
 * of it, and nothing that its cache had acknowledged is lost.
 */
public final class QuickstartRing {

    private static final int NODES = 3;
    private static final String DONE = "done ";

    private QuickstartRing() {}

    /** Without arguments the whole show; with {@code worker}, an address, the seeds and a number one of the processes. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 4 && args[0].equals("worker")) {
            work(args[1], args[2], Integer.parseInt(args[3]));
        } else if (!show()) {
            System.exit(1);
        }
    }

    private static Properties node(String bind, String seeds) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.bind", bind);
        properties.setProperty("hypercache.seeds", seeds);
        properties.setProperty("hypercache.ring.slots", "64");
        return properties;
    }

    private static Cache<String, ZonePicker> cache(CachingProvider provider, Properties node) {
        CacheManager manager =
                provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), node);
        return manager.createCache(
                "zone-pickers",
                new MutableConfiguration<String, ZonePicker>().setTypes(String.class, ZonePicker.class));
    }

    /** Computes every third language and says which of them the cache has acknowledged; ends when its input does. */
    private static void work(String bind, String seeds, int number) throws IOException {
        try (CachingProvider provider = Caching.getCachingProvider()) {
            Cache<String, ZonePicker> cache = cache(provider, node(bind, seeds));
            List<String> languages = Quickstart.languages();
            for (int i = number; i < languages.size(); i += NODES) {
                cache.put(languages.get(i), ZonePicker.compute(languages.get(i)));
                System.out.println(DONE + languages.get(i));
            }
            System.out.println(DONE);
            int unused = System.in.read(); // The end of the input is what it waits for.
        }
    }

    private static boolean show() throws IOException, InterruptedException {
        List<String> addresses = freeAddresses();
        String seeds = String.join(",", addresses);
        List<Process> workers = new ArrayList<>();
        try (CachingProvider provider = Caching.getCachingProvider()) {
            for (int number = 1; number < NODES; number++) {
                workers.add(start(addresses.get(number), seeds, number));
            }
            Cache<String, ZonePicker> cache = cache(provider, node(addresses.get(0), seeds));
            print("ring: this process and %d others, at %s", NODES - 1, seeds);
            return compute(cache, workers);
        } finally {
            workers.forEach(Process::destroyForcibly);
        }
    }

    private static boolean compute(Cache<String, ZonePicker> cache, List<Process> workers)
            throws IOException, InterruptedException {
        List<String> languages = Quickstart.languages();
        Set<String> acknowledged = new LinkedHashSet<>();
        int half = languages.size() / NODES / 2;
        Process victim = workers.get(1);
        acknowledged.addAll(read(victim, half));
        victim.destroyForcibly().waitFor();
        print("killed: process %d (SIGKILL), after its cache had acknowledged %d pickers", victim.pid(), half);
        acknowledged.addAll(read(workers.get(0), Integer.MAX_VALUE));

        int computed = 0;
        int lost = 0;
        for (String language : languages) {
            ZonePicker expected = ZonePicker.compute(language);
            ZonePicker found = cache.get(language);
            if (found == null) {
                computed++;
                cache.put(language, expected);
            }
            lost += acknowledged.contains(language) && !expected.equals(found) ? 1 : 0;
        }
        print(
                "pickers: %d of the other processes were found, %d were computed here with two nodes of three",
                languages.size() - computed, computed);
        print("check: of %d pickers acknowledged to processes %d are lost", acknowledged.size(), lost);
        return lost == 0 && acknowledged.size() >= half;
    }

    /** The languages that a process says are done: so many, or until it has no more. */
    private static List<String> read(Process process, int most) throws IOException {
        List<String> done = new ArrayList<>();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        while (done.size() < most) {
            String line = lines.readLine();
            if (line == null || line.equals(DONE)) {
                return done;
            }
            if (line.startsWith(DONE)) {
                done.add(line.substring(DONE.length()));
            }
        }
        return done;
    }

    private static Process start(String bind, String seeds, int number) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QuickstartRing.class.getName(),
                        "worker",
                        bind,
                        seeds,
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> freeAddresses() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            addresses.add("127.0.0.1:" + socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
