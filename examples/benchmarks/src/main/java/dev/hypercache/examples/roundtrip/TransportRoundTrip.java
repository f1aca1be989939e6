package dev.hypercache.examples.roundtrip;

import dev.hypercache.examples.proofs.ProofFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures a round trip of 100 bytes there and 8 back between two JVMs. The ways take turns within each round, so that a
 * machine that becomes busy spoils all of them; medians over the rounds are printed, and then the ratios that the transport is held
 * to. With {@code +yield} a caller that waits alone yields before it parks, as callers of a ring do; with {@code +mac} frames are
 * authentic; with {@code +tls} both ends show certificates over TLS 1.3. Arguments: rounds, seconds to warm up and then to measure,
 * callers, wires, such as {@code 5 2 1,4,16,64 undertow,undertow+tls}.
 */
final class TransportRoundTrip {

    private static final String WIRES =
            "floor,netty,netty+yield,netty+tls,undertow,undertow+yield,undertow+mac,undertow+tls,"
                    + "undertow+tls+yield";

    private final double seconds;
    private final List<String> wires;
    private final ProofFolder proofs;
    private final TripResults results = new TripResults();

    private TransportRoundTrip(double seconds, List<String> wires, ProofFolder proofs) {
        this.seconds = seconds;
        this.wires = wires;
        this.proofs = proofs;
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 2;
        List<String> callers = listOf(arguments.length > 2 ? arguments[2] : "1,4,16,64");
        List<String> wires = listOf(arguments.length > 3 ? arguments[3] : WIRES);
        wires.forEach(Wire::of); // Fails now for a name that there is not.
        ProofFolder proofs = ProofFolder.issue(List.of(Wire.SERVER_NAME, Wire.CLIENT_NAME));
        TransportRoundTrip trip = new TransportRoundTrip(seconds, wires, proofs);
        for (int round = 1; round <= rounds; round++) {
            trip.measure(callers);
            trip.print(callers, round);
        }
    }

    private static List<String> listOf(String words) {
        return List.of(words.split(","));
    }

    private void measure(List<String> callers) throws IOException {
        for (String count : callers) {
            for (String wire : wires) {
                measure(wire, count);
            }
        }
    }

    private void measure(String wire, String callers) throws IOException {
        Process server = jvm(RoundTripServer.class, wire);
        try {
            String port = lineOf(server);
            Process client = jvm(RoundTripClient.class, wire, port, callers, Double.toString(seconds));
            String[] numbers = lineOf(client).split(" ");
            double[] figures = {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
            results.add(wire, callers, figures);
        } finally {
            server.destroy();
        }
    }

    private Process jvm(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx512m", proofs.jvmOption(), "-cp", System.getProperty("java.class.path"), main.getName()));
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

    private void print(List<String> callers, int round) {
        System.out.printf(Locale.ROOT, "After round %d: thousand round trips per second, median time in us%n", round);
        for (String count : callers) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%3s callers", count));
            for (String wire : wires) {
                double rate = median(wire, count, TripResults.Measure.PER_SECOND) / 1e3;
                double micros = median(wire, count, TripResults.Measure.MEDIAN_MICROS);
                line.append(String.format(Locale.ROOT, "   %s %6.1f %6.1f", wire, rate, micros));
            }
            System.out.println(line);
        }
        System.out.print(WireBar.renderAll(results));
    }

    private double median(String wire, String callers, TripResults.Measure measure) {
        return results.median(wire, callers, measure).orElse(0);
    }
}
