package dev.hypercache.config;

import java.util.List;
import javax.cache.CacheException;

/** The configuration is wrong; carries every problem that was found, not only the first. */
public final class ConfigurationException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #code()}, stable over releases. */
    public static final String CODE = "CONFIGURATION_INVALID";

    private final Problem[] problems;

    public ConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = problems.toArray(new Problem[0]);
    }

    public ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    /** A name of this kind of error for programs and search engines. */
    public String code() {
        return CODE;
    }

    /** All problems, in the order of the sources. */
    public List<Problem> problems() {
        return List.of(problems);
    }

    private static String message(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ConfigurationException needs at least one problem");
        }
        StringBuilder text = new StringBuilder(CODE).append(": ");
        if (problems.size() == 1) {
            return text.append(problems.get(0)).toString();
        }
        text.append(problems.size()).append(" problems");
        for (int i = 0; i < problems.size(); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(problems.get(i));
        }
        return text.toString();
    }
}
