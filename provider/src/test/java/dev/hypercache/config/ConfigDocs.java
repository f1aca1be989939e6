package dev.hypercache.config;

import java.util.Locale;

/** Generates {@code docs/CONFIG.md} from {@link Setting}. */
final class ConfigDocs {
    private static final String HEAD = """
            # Configuration

            <!-- Generated from the enum Setting; rewrite with: mvn -pl provider -am test -Dtest=ConfigDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dhypercache.docs.write=true -->

            Nothing has to be configured: with no settings at all a manager runs embedded, without a socket.

            ## Where settings come from

            Later beats earlier:

            1. a properties file (UTF-8): the one that the manager's URI names, else the one that `hypercache.config` names, else `hypercache.properties` on the class path if there is one;
            2. environment variables: the key in upper case with dots and hyphens as underscores, `HYPERCACHE_NODE_NAME` for `hypercache.node.name`; an empty variable counts as unset;
            3. system properties;
            4. the manager's `Properties`, and above them its URI.

            All problems of all sources are reported together in one `ConfigurationException` (a `javax.cache.CacheException` with the code `CONFIGURATION_INVALID`), also of a value that a later source hides. An unknown key is an error in a file, in `Properties` and in a URI, where it can only be a mistake, and a warning among environment variables and system properties, where others write names too. Keys in `Properties` that do not start with `hypercache.` belong to the application and are left alone; in a file they are errors. Keys that start with `hypercache.sim.` belong to the simulator and are ignored among environment variables and system properties.

            `Properties` may hold objects instead of text: `Boolean`, whole numbers, `Duration`, `InetSocketAddress`, an enum constant of the same name, a collection or an array of strings, and for locations a `URI`, `URL`, `Path` or `File`.

            ## The manager's URI

            | URI | Manager |
            |---|---|
            | none, or `hypercache:default` | the default manager |
            | `hypercache:<name>` | another manager with caches of its own and the same sources, for instance one for each application context |
            | `hypercache://host:port;host:port/cluster` | one whose seeds and cluster name are in the URI. Semicolons and no query, so that JMX names stay well-formed |
            | `classpath:x/y.properties`, `file:/x/y.properties`, `https://…`, `jar:…`, `jar:nested:…` | one whose properties file is there |
            | `x/y.properties` | the same; looked for on the class path, then as a file |

            A file that is named and missing or malformed is an error that names what was tried. A name has 1 to 128 letters, digits, dots, hyphens and underscores.

            ## Notations

            | Type | Written |
            |---|---|
            """;
    private static final String KEYS = """

            A value's text is trimmed. Switches, choices and `expiry` ignore case; units do not.

            ## Keys

            A key whose effect is *ring* is checked everywhere and does something only on a node of a ring.

            | Key | Type | Default | Bounds | Effect | Since | Meaning |
            |---|---|---|---|---|---|---|
            """;
    private static final String CACHE_KEYS = """

            ## Keys of caches

            `<name>` is a cache's name, which may contain dots, or a pattern with `*` for any characters. For each key the best match wins: the exact name, then the pattern with the longest text before its first `*`, then the longest pattern. In an environment variable the name is written like a key: `HYPERCACHE_CACHE_BOOKS_BY_ID_MAX_ENTRIES` is for `books.by-id`, but not for `booksById`. In a properties file a space, colon or equals sign in a name needs a backslash.

            | Key | Type | Default | Bounds | Effect | Since | Meaning |
            |---|---|---|---|---|---|---|
            """;

    private ConfigDocs() {}

    static String generate() {
        ConstantDocs sentences = ConstantDocs.of(Setting.class);
        StringBuilder page = new StringBuilder(HEAD);
        for (ValueType.Form form : ValueType.Form.values()) {
            page.append("| ")
                    .append(typeName(form))
                    .append(" | ")
                    .append(notation(form))
                    .append(" |\n");
        }
        page.append(KEYS);
        rows(page, sentences, false);
        page.append(CACHE_KEYS);
        rows(page, sentences, true);
        return page.toString();
    }

    private static void rows(StringBuilder page, ConstantDocs sentences, boolean perCache) {
        for (Setting setting : Setting.values()) {
            if (setting.isPerCache() == perCache) {
                String[] cells = {
                    "`" + setting.displayKey() + "`",
                    typeName(setting.type().form()),
                    setting.defaultText() == null ? "–" : "`" + setting.defaultText() + "`",
                    bounds(setting.type()),
                    setting.effect() == Setting.Effect.RING ? "ring" : "embedded and ring",
                    setting.since(),
                    sentences.of(setting)
                };
                page.append("| ").append(String.join(" | ", cells)).append(" |\n");
            }
        }
    }

    private static String bounds(ValueType type) {
        return switch (type.form()) {
            case NUMBER, POWER_OF_TWO, DURATION, BYTES, RATE ->
                "`" + ValueNotation.quantity(type, type.min()) + "` to `" + ValueNotation.quantity(type, type.max())
                        + "`";
            case ADDRESS -> "port `" + type.min() + "` to `" + type.max() + "`";
            case CHOICE -> "`" + String.join("`, `", type.choices()) + "`";
            default -> "–";
        };
    }

    private static String typeName(ValueType.Form form) {
        return switch (form) {
            case ON_OFF -> "switch";
            case POWER_OF_TWO -> "power of two";
            case BYTES -> "size";
            case SECRET -> "secret's location";
            default -> form.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String notation(ValueType.Form form) {
        return switch (form) {
            case ON_OFF -> "`on`, `off`, `true` or `false`";
            case NUMBER -> "decimal digits";
            case POWER_OF_TWO -> "decimal digits: 16, 32, 64 and so on";
            case DURATION -> "`500ms`, `5s`, `1m`, `1h`, `1d`, or ISO-8601 such as `PT5S`";
            case BYTES -> "`1024`, `64KB`, `64MB`, `1GB`, `1TB`; 1KB is 1024 bytes";
            case RATE -> "a size and `/s`: `50MB/s`";
            case ADDRESS -> "`host:port`; IPv6 in brackets; port 0, where allowed, lets the system choose";
            case SEEDS -> "comma-separated `host:port`, `dns:name:port` or `file:path`";
            case CHOICE -> "one of the words";
            case NAME -> "1 to 128 letters, digits, dots, hyphens or underscores";
            case LOCATION -> "`classpath:`, `file:`, another URL, or a path";
            case SECRET -> "the location of a file, never the secret itself; not shown in messages";
            case LIST -> "comma-separated, without empty elements";
            case EXPIRY ->
                "`eternal`, `created:5m`, `modified:5m`, `accessed:5m` or `touched:5m`: the standard expiry"
                        + " policies of JSR-107, from `1ms` to `36500d`";
        };
    }
}
