package dev.hypercache.examples.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Command-line arguments of the form {@code --name value}. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** Fails on an argument that is not among the known names, or lacks its value. */
    public static Arguments parse(String[] args, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
            if (!known.contains(name) || i + 1 == args.length) {
                throw new IllegalArgumentException("Argument " + args[i]
                        + " is unknown or lacks its value; use --NAME VALUE with one of " + known);
            }
            values.put(name, args[i + 1]);
        }
        return new Arguments(values);
    }

    public String get(String name, String defaultValue) {
        return values.getOrDefault(name, defaultValue);
    }

    public int number(String name, int defaultValue) {
        String value = values.get(name);
        return value == null ? defaultValue : Integer.parseInt(value);
    }

    /** Reads a list whose elements are separated by commas. */
    public <T> List<T> list(String name, String defaultValue, Function<String, T> element) {
        return Arrays.stream(get(name, defaultValue).split(","))
                .map(String::strip)
                .map(element)
                .toList();
    }
}
