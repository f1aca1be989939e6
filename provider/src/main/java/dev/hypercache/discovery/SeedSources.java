package dev.hypercache.discovery;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads what {@code hypercache.seeds} says: a list of {@code host:port}, or one {@code dns:name:port}, or one {@code file:path}. */
public final class SeedSources {

    static final String DNS = "dns:";
    static final String FILE = "file:";

    private SeedSources() {}

    /**
     * Makes the source that a list asks for.
     *
     * @param elements the elements of the setting, without blanks around them
     * @return a source that has looked nothing up yet
     * @throws IllegalArgumentException if an element has another form, or kinds are mixed; the message names it, the rule, and what to
     *     do
     */
    public static SeedSource parse(List<String> elements) {
        String special =
                elements.stream().filter(SeedSources::isSpecial).findFirst().orElse(null);
        if (special == null) {
            return StaticSeeds.parse(String.join(",", elements));
        }
        if (elements.size() > 1) {
            throw new IllegalArgumentException(
                    "\"" + special + "\" stands beside other seeds: seeds are a list of host:port,"
                            + " or one dns:name:port, or one file:path. Write all seeds into one file, or give them one name in DNS.");
        }
        return special.startsWith(DNS) ? dns(special) : file(special);
    }

    private static boolean isSpecial(String element) {
        return element.startsWith(DNS) || element.startsWith(FILE);
    }

    private static SeedSource dns(String element) {
        Address name;
        try {
            name = Address.parse(element.substring(DNS.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + element + "\" is not dns:name:port. Write for example dns:hypercache.default.svc:7400.", e);
        }
        if (name.port() == 0) {
            throw new IllegalArgumentException(
                    "\"" + element + "\" has port 0, which cannot be dialled. Give the port that all nodes bind.");
        }
        return DnsSeeds.of(name);
    }

    private static SeedSource file(String element) {
        String path = element.substring(FILE.length());
        try {
            if (path.isBlank()) {
                throw new InvalidPathException(path, "it is empty");
            }
            return FileSeeds.of(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "\"" + element + "\" names no file: " + e.getReason() + ". Write file: and the file's path.", e);
        }
    }
}
