package dev.hypercache.examples.benchmarks;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints the time from the start of {@code main} to the first put, in fresh JVMs with one provider on the class path.
 *
 * <p>The JVM runs as it comes, with the archive of the JDK's own classes and none of ours. Providers take turns. Each has
 * on its class path what Maven would resolve for a project that depends on it alone; nobody has a logging back end.
 */
public final class StartupTime {
    private static final Pattern CACHE2K = Pattern.compile("cache-api-.*|cache2k-.*");
    /** What the other providers, JMH and the examples bring; all the rest is HyperCache's. */
    private static final Pattern NOT_HYPERCACHE =
            Pattern.compile("cache2k-.*|ehcache-.*|jcache-.*|config-.*|org\\.osgi.*|"
                    + "osgi\\..*|jakarta\\.inject.*|jmh-.*|jopt-simple-.*|commons-math3-.*|logback-.*");

    private StartupTime() {}

    /** Measures HyperCache and cache2k, round by round. */
    public static void main(String[] args) {
        Arguments arguments = Arguments.parse(args, Set.of("rounds", "providers"));
        int rounds = arguments.number("rounds", 21);
        List<Provider> providers = arguments.list("providers", "HYPERCACHE,CACHE2K", Provider::valueOf);
        Map<Provider, List<Double>> micros = new EnumMap<>(Provider.class);
        for (Provider provider : providers) {
            System.out.println(provider.label() + " with " + jarNames(classPath(provider)));
            ChildJvm.run(List.of(), classPath(provider), FirstPut.class); // Reads the jars into the page cache.
        }
        for (int round = 0; round < rounds; round++) {
            for (Provider provider : providers) {
                double measured = ChildJvm.run(List.of(), classPath(provider), FirstPut.class);
                micros.computeIfAbsent(provider, key -> new ArrayList<>()).add(measured);
            }
        }
        print(rounds, micros);
    }

    private static void print(int rounds, Map<Provider, List<Double>> micros) {
        System.out.printf(
                Locale.ROOT, "Milliseconds from main to the first put, %d rounds: median (min..max)%n", rounds);
        micros.forEach((provider, measured) -> {
            Spread spread = Spread.of(measured);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s  %.1f (%.1f..%.1f)%n",
                    provider.label(),
                    spread.median() / 1e3,
                    spread.min() / 1e3,
                    spread.max() / 1e3);
        });
        List<Double> ours = micros.get(Provider.HYPERCACHE);
        List<Double> cache2k = micros.get(Provider.CACHE2K);
        if (ours != null && cache2k != null) {
            double ratio = Spread.of(ours).median() / Spread.of(cache2k).median();
            System.out.printf(Locale.ROOT, "HyperCache/cache2k: %.3f%n", ratio);
        }
    }

    private static String classPath(Provider provider) {
        Predicate<String> wanted = switch (provider) {
            case HYPERCACHE -> name -> !NOT_HYPERCACHE.matcher(name).matches();
            case CACHE2K -> name -> CACHE2K.matcher(name).matches();
            case CAFFEINE, EHCACHE ->
                throw new IllegalArgumentException(
                        provider + " is not part of this comparison; use HYPERCACHE or CACHE2K");
        };
        String ownClasses = FirstPut.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> isSame(element, ownClasses) || wanted.test(nameOf(element)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isSame(String element, String ownClasses) {
        return new File(element).getAbsoluteFile().equals(new File(ownClasses).getAbsoluteFile());
    }

    /** The name of a jar; a module's {@code target/classes} is named after the module. */
    private static String nameOf(String element) {
        File file = new File(element);
        return file.isDirectory() ? file.getParentFile().getParentFile().getName() : file.getName();
    }

    private static String jarNames(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(StartupTime::nameOf)
                .collect(Collectors.joining(", "));
    }
}
