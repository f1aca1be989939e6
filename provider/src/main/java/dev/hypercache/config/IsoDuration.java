package dev.hypercache.config;

import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** ISO-8601 durations; a class of its own so that the JDK's parser is loaded only by who writes {@code PT5S}. */
final class IsoDuration {
    private IsoDuration() {}

    /** The duration, or null when the text is none. */
    static @Nullable Duration parse(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException notIso) {
            return null;
        }
    }
}
