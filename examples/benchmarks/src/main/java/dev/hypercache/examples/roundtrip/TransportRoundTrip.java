package dev.hypercache.examples.roundtrip;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures a round trip of 100 bytes there and 8 back between two JVMs. The ways take turns within each round, so that a
 * machine that becomes busy spoils all of them; medians over the rounds are printed. With {@code +yield} a caller that waits
 * alone yields before it parks, as callers of a ring do; with {@code +mac} frames are authentic. Arguments: rounds, seconds to warm up and
 * then to measure, callers, such as {@code 5 2 1,4,16,64}.
 */
final class TransportRoundTrip {

    private static final List<String> WIRES =
            List.of("floor", "netty", "netty+yield", "undertow", "undertow+yield", "undertow+mac");

    private final double seconds;
    private final Map<String, List<double[]>> results = new HashMap<>();

    private TransportRoundTrip(double seconds) {
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 2;
        String callers = arguments.length > 2 ? arguments[2] : "1,4,16,64";
        TransportRoundTrip trip = new TransportRoundTrip(seconds);
        for (int round = 1; round <= rounds; round++) {
            for (String count : callers.split(",")) {
                for (String wire : WIRES) {
                    trip.measure(wire, count);
                }
            }
            trip.print(callers, round);
        }
    }

    private void measure(String wire, String callers) throws IOException {
        Process server = jvm(RoundTripServer.class, wire);
        try {
            String port = lineOf(server);
            Process client = jvm(RoundTripClient.class, wire, port, callers, Double.toString(seconds));
            String[] numbers = lineOf(client).split(" ");
            double[] result = {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
            results.computeIfAbsent(wire + callers, unused -> new ArrayList<>()).add(result);
        } finally {
            server.destroy();
        }
    }

    private static Process jvm(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String lineOf(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches("[0-9.E]+( [0-9.E]+)?")) {
                return line;
            }
        }
        throw new IOException("A process ended without a result: " + process.info());
    }

    private void print(String callers, int round) {
        System.out.printf(Locale.ROOT, "After round %d: thousand round trips per second, median time in us%n", round);
        for (String count : callers.split(",")) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%3s callers", count));
            for (String wire : WIRES) {
                double rate = median(wire + count, 0) / 1e3;
                line.append(String.format(Locale.ROOT, "   %s %6.1f %6.1f", wire, rate, median(wire + count, 1)));
            }
            System.out.println(line);
        }
    }

    private double median(String key, int number) {
        double[] sorted = results.getOrDefault(key, List.of(new double[2])).stream()
                .mapToDouble(result -> result[number])
                .toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
