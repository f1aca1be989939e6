package dev.hypercache.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How {@code hypercache.codec.java.allow} names classes: {@code com.acme.Order}, {@code com.acme.*} for a package, {@code
 * com.acme.**} for a package with its subpackages, or one of the {@link #PRESETS} for what a framework puts into caches.
 *
 * <p>There is no pattern for every class, since that is what the list is there to prevent (SECURITY R1), and none that
 * excludes, since what is not listed is refused anyway.
 *
 * @param stem the class, the package, or the preset with its {@code @}
 * @param kind what the stem is
 */
public record ClassPattern(String stem, Kind kind) {
    /** The names of presets. */
    public static final List<String> PRESETS = List.of("@hibernate", "@spring");

    private static final String FORMS = "Write com.acme.Order, com.acme.*, com.acme.** (with subpackages) or a preset ("
            + String.join(", ", PRESETS) + ").";

    /** What a pattern names. */
    public enum Kind {
        CLASS,
        PACKAGE,
        SUBPACKAGES,
        PRESET
    }

    /**
     * What is wrong with a pattern.
     *
     * @param rule what a correct pattern fulfils
     * @param remedy what to do
     */
    record Fault(String rule, String remedy) {}

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException for any other text, {@code *} and {@code **} alone among them
     */
    public static ClassPattern of(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        Fault fault = faultOf(pattern);
        if (fault != null) {
            throw new IllegalArgumentException(
                    Setting.CODEC_JAVA_ALLOW.key() + ": '" + pattern + "': " + fault.rule() + ". " + fault.remedy());
        }
        return split(pattern);
    }

    /** What is wrong with a pattern; null if nothing is. */
    static @Nullable Fault faultOf(String pattern) {
        if (pattern.startsWith("@")) {
            return PRESETS.contains(pattern) ? null : new Fault("no preset '" + pattern + "' exists", FORMS);
        }
        if (pattern.startsWith("!")) {
            return new Fault(
                    "'" + pattern + "' excludes, and what is not listed is refused anyway",
                    "Remove it, and list what is to pass. " + FORMS);
        }
        if (pattern.equals("*") || pattern.equals("**")) {
            return new Fault(
                    "'" + pattern + "' would let bytes from other processes name any class, and there are classes that"
                            + " run what they are told to when they are deserialized",
                    "List the packages of your values. " + FORMS);
        }
        return isName(split(pattern).stem()) ? null : new Fault("'" + pattern + "' is not a class pattern", FORMS);
    }

    /** Whether it names so much that libraries nobody thought of are in it: everything below {@code com} or {@code org}. */
    boolean isBroad() {
        return kind == Kind.SUBPACKAGES && stem.indexOf('.') < 0;
    }

    private static ClassPattern split(String pattern) {
        if (pattern.startsWith("@")) {
            return new ClassPattern(pattern, Kind.PRESET);
        }
        if (pattern.endsWith(".**")) {
            return new ClassPattern(pattern.substring(0, pattern.length() - 3), Kind.SUBPACKAGES);
        }
        return pattern.endsWith(".*")
                ? new ClassPattern(pattern.substring(0, pattern.length() - 2), Kind.PACKAGE)
                : new ClassPattern(pattern, Kind.CLASS);
    }

    private static boolean isName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (String part : name.split("\\.", -1)) {
            if (!isIdentifier(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentifier(String part) {
        if (part.isEmpty() || !Character.isJavaIdentifierStart(part.charAt(0))) {
            return false;
        }
        for (int i = 1; i < part.length(); i++) {
            if (!Character.isJavaIdentifierPart(part.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
