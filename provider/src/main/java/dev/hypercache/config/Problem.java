package dev.hypercache.config;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with the configuration.
 *
 * @param source where it was given, such as {@code system property} or the location of a file
 * @param key the key; empty when the source itself is the problem
 * @param value the value as given; null when there is none or when it must not be shown
 * @param rule what a correct configuration fulfils
 * @param remedy what to do
 */
public record Problem(String source, String key, @Nullable String value, String rule, String remedy)
        implements Serializable {

    private static final int VALUE_CHARS_MAX = 200;

    public Problem {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(remedy, "remedy");
        if (value != null && value.length() > VALUE_CHARS_MAX) {
            value = value.substring(0, VALUE_CHARS_MAX) + "… (" + value.length() + " characters)";
        }
    }

    /** One line: key, value, source, rule, remedy. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        if (!key.isEmpty()) {
            line.append(key);
            if (value != null) {
                line.append(" = '").append(value).append('\'');
            }
            line.append(" (").append(source).append(')');
        } else {
            line.append(source);
        }
        return line.append(": ").append(rule).append(". ").append(remedy).toString();
    }
}
