package dev.hypercache.examples.ring;

import dev.hypercache.examples.roundtrip.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The asking end of a bare round trip, in place of a {@link Driver}: starts the other end and measures the same assignments,
 * whatever their operation. Arguments: contender, milliseconds to warm up, or {@code serve} for the other end.
 */
final class EchoDriver {

    /** As long as a grid has for all of its operations. */
    private static final int WARM_UPS = Operation.values().length;

    private static final int WARM_UP_THREADS = 4;

    private EchoDriver() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Contender contender = Contender.valueOf(arguments[0]);
        Wire wire = Wire.of(contender.wire());
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (arguments[1].equals("serve")) {
            System.out.println(Pipe.ANSWER + wire.serve());
            while (questions.readLine() != null) {
                // Until whoever started this ends.
            }
            System.exit(0);
        }
        try (Pipe other = new Pipe(contender, EchoDriver.class, List.of(contender.name(), "serve"))) {
            wire.connect(Integer.parseInt(other.answer()));
            Load load = new Load(
                    choice -> asked(wire),
                    () -> Pipe.cpuNanos(ProcessHandle.current()) + Pipe.cpuNanos(other.handle()),
                    () -> 0);
            load.run(WARM_UP_THREADS, WARM_UPS * Long.parseLong(arguments[1]), 0);
            System.out.println(Pipe.ANSWER + contender.wire());
            measure(load, questions);
        }
        System.exit(0);
    }

    private static void measure(Load load, BufferedReader questions) throws IOException, InterruptedException {
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            Assignment assignment = Assignment.parse(line);
            Figures figures = load.run(assignment.threads(), assignment.warmupMillis(), assignment.measuredMillis());
            System.out.println(Pipe.ANSWER + figures.text());
        }
    }

    private static boolean asked(Wire wire) {
        try {
            wire.ask();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
