package dev.hypercache.examples.benchmarks;

import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One JMH measurement in a JVM of its own.
 *
 * @param warmup how long to run before measuring
 * @param time how long to measure
 */
record Fork(TimeValue warmup, TimeValue time) {
    static Fork of(Arguments arguments) {
        return new Fork(
                TimeValue.fromString(arguments.get("warmup", "2s")), TimeValue.fromString(arguments.get("time", "1s")));
    }

    /** Operations per second of one benchmark method. */
    double measure(Class<?> benchmark, String method, int threads, Map<String, String> parameters)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\." + method + "$")
                .threads(threads)
                .forks(1)
                .jvmArgs("-Xms1g", "-Xmx1g")
                .warmupIterations(1)
                .warmupTime(warmup)
                .measurementIterations(1)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }
}
