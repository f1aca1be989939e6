package dev.hypercache.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings while the sources are read, the strongest first: the first value of a key wins, and a wrong one is a problem
 * even when a stronger source hides it.
 */
final class Draft {
    /** A value and where it was given. */
    record Given(Object value, Origin origin) {}

    private final @Nullable Given[] given = new Given[Setting.count()];
    private boolean empty = true;
    private final boolean[] wrong = new boolean[Setting.count()];
    private final List<CacheRule> cacheRules = new ArrayList<>(0);
    private final List<Problem> problems = new ArrayList<>(0);
    private final List<String> warnings = new ArrayList<>(0);

    /** Takes what a source says about a dotted key. */
    void take(Origin origin, String key, Object value) {
        Setting setting = KeyIndex.nodeSetting(key);
        if (setting != null) {
            takeNode(origin, setting, value);
        } else if (key.startsWith(Setting.CACHE_PREFIX)) {
            String nameAndKey = key.substring(Setting.CACHE_PREFIX.length());
            Setting cacheSetting = KeyIndex.cacheSetting(nameAndKey);
            if (cacheSetting == null) {
                unknown(origin, key);
            } else {
                int nameEnd = nameAndKey.length() - cacheSetting.key().length() - 1;
                takeCache(origin, key, nameAndKey.substring(0, nameEnd), cacheSetting, value);
            }
        } else {
            unknown(origin, key);
        }
    }

    /** Takes an environment variable that starts with {@code HYPERCACHE_}. */
    void takeVariable(String variable, String value) {
        if (value.isBlank()) {
            return; // Container platforms declare variables that they leave empty.
        }
        Origin origin = new Origin("environment variable " + variable, Origin.Kind.ENVIRONMENT);
        Setting setting = KeyIndex.byVariable(variable);
        String cachePrefix = KeyIndex.variable(Setting.CACHE_PREFIX);
        if (setting == null || (setting.isPerCache() && !variable.startsWith(cachePrefix))) {
            warnings.add(origin.text() + " names no key of HyperCache and is ignored; docs/CONFIG.md lists the keys");
        } else if (setting.isPerCache()) {
            int nameEnd = variable.length() - setting.key().length() - 1;
            String name = nameEnd > cachePrefix.length() ? variable.substring(cachePrefix.length(), nameEnd) : "";
            takeCache(origin, setting.displayKey(), name, setting, value);
        } else {
            takeNode(origin, setting, value);
        }
    }

    private void takeNode(Origin origin, Setting setting, Object value) {
        if (setting == Setting.CONFIG && origin.kind() == Origin.Kind.FILE) {
            add(new Problem(origin.text(), setting.key(), null, "a file cannot name another file", "Remove the line."));
            return;
        }
        Object parsed = parse(origin, setting.key(), setting, value);
        if (parsed == null) {
            wrong[setting.ordinal()] = true;
        } else if (given[setting.ordinal()] == null) {
            given[setting.ordinal()] = new Given(parsed, origin);
            empty = false;
        }
    }

    private void takeCache(Origin origin, String key, String pattern, Setting setting, Object value) {
        Object parsed = parse(origin, key, setting, value);
        if (pattern.isEmpty()) {
            String rule = "names no cache: the form is " + setting.displayKey();
            add(new Problem(origin.text(), key, null, rule, "Insert a cache's name, or * for all caches."));
        } else if (parsed != null) {
            cacheRules.add(new CacheRule(pattern, setting, parsed, origin));
        }
    }

    private @Nullable Object parse(Origin origin, String key, Setting setting, Object value) {
        ValueType type = setting.type();
        String shown;
        Object parsed;
        if (value instanceof String string) {
            String text = string.trim();
            shown = text;
            parsed = text.isEmpty() ? null : ValueParser.parse(type, text);
        } else {
            shown = "an object of " + value.getClass().getName();
            parsed = LiveValue.convert(type, value);
        }
        if (parsed == null) {
            String remedy = setting.defaultText() == null
                    ? "Write for example " + ValueNotation.example(type) + ", or leave the key out."
                    : "Correct it, or leave the key out for the default " + setting.defaultText() + ".";
            String rule = "must be " + ValueNotation.rule(type);
            add(new Problem(origin.text(), key, setting.isSecret() ? null : shown, rule, remedy));
        }
        return parsed;
    }

    /** The value of an unknown key is never shown: it may be a password under a misspelt name. */
    private void unknown(Origin origin, String key) {
        String nearest = KeyIndex.nearest(key);
        String remedy = nearest == null
                ? "Remove it; docs/CONFIG.md lists the keys."
                : "Did you mean " + nearest + "? docs/CONFIG.md lists the keys.";
        Problem problem = new Problem(origin.text(), key, null, "no setting has this key", remedy);
        if (origin.isShared()) {
            warnings.add(problem + " It is ignored.");
        } else {
            add(problem);
        }
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** What looks wrong but may be meant. */
    void warn(String sentence) {
        warnings.add(sentence);
    }

    /** Whether no setting of a node was given. */
    boolean isEmpty() {
        return empty;
    }

    @Nullable
    Given given(Setting setting) {
        return given[setting.ordinal()];
    }

    /** Whether some source gave a wrong value, so that rules about this setting cannot be judged. */
    boolean isWrong(Setting setting) {
        return wrong[setting.ordinal()];
    }

    List<Problem> problems() {
        return problems;
    }

    /** The settings, when there is no problem. */
    Settings finish(ManagerUri uri) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Settings(uri, given, List.copyOf(cacheRules), List.copyOf(warnings));
    }
}
