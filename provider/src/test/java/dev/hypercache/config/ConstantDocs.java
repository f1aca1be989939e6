package dev.hypercache.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the Javadoc of an enum's constants from its source, so that a sentence is written once. */
public final class ConstantDocs {
    private static final Pattern INDENT = Pattern.compile("\\s*\\n\\s*\\*?\\s*");

    private final String source;

    private ConstantDocs(String source) {
        this.source = source;
    }

    public static ConstantDocs of(Class<? extends Enum<?>> type) {
        Path file = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
        try {
            return new ConstantDocs(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException("run this in the module that holds " + file, e);
        }
    }

    /** The comment right before a constant, in one line. */
    public String of(Enum<?> constant) {
        Matcher matcher = Pattern.compile("/\\*\\*((?:(?!\\*/).)*?)\\*/\\s*" + constant.name() + "\\(", Pattern.DOTALL)
                .matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException(constant + " has no Javadoc sentence");
        }
        return INDENT.matcher(matcher.group(1)).replaceAll(" ").trim();
    }

    /** Compares a generated document with the file in {@code docs}, or writes it when asked to. */
    public static String current(String name, String generated) {
        Path file = Path.of("../docs", name);
        try {
            if (Boolean.getBoolean("hypercache.docs.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, generated);
            }
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read or written", e);
        }
    }
}
