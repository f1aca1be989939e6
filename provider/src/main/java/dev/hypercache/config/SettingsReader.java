package dev.hypercache.config;

import java.net.URL;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the sources, the strongest first: URI, {@code Properties}, system properties, environment, file. */
final class SettingsReader {
    /** The file on the class path that is read when nothing names another. */
    private static final String DEFAULT_FILE = "hypercache.properties";

    private static final String SIMULATOR_PREFIX = "hypercache.sim.";

    private final Draft draft = new Draft();
    private final ManagerUri uri;
    private final Sources sources;

    SettingsReader(ManagerUri uri, Sources sources) {
        this.uri = uri;
        this.sources = sources;
    }

    Settings read(@Nullable Properties managerProperties) {
        readUri();
        if (managerProperties != null) {
            readManagerProperties(managerProperties);
        }
        readSystemProperties();
        readEnvironment();
        if (readFile() && !draft.isEmpty()) {
            SettingRules.check(draft);
        }
        return draft.finish(uri);
    }

    private void readUri() {
        if (uri.form() == ManagerUri.Form.NAME) {
            return;
        }
        Origin origin = new Origin("manager URI '" + uri + "'", Origin.Kind.MANAGER_URI);
        if (uri.form() == ManagerUri.Form.LOCATION) {
            draft.take(origin, Setting.CONFIG.key(), uri.uri().toString());
        } else {
            draft.take(origin, Setting.SEEDS.key(), uri.seeds());
            if (!uri.cluster().isEmpty()) {
                draft.take(origin, Setting.CLUSTER_NAME.key(), uri.cluster());
            }
        }
    }

    /** Keys that do not start with {@code hypercache.} are the application's own. */
    private void readManagerProperties(Properties properties) {
        for (String key : sorted(properties.stringPropertyNames())) {
            if (key.startsWith(Setting.PREFIX)) {
                draft.take(Origin.MANAGER_PROPERTIES, key, properties.getProperty(key));
            }
        }
        for (Map.Entry<Object, Object> entry : properties.entrySet()) {
            boolean live = entry.getKey() instanceof String && !(entry.getValue() instanceof String);
            if (live && ((String) entry.getKey()).startsWith(Setting.PREFIX)) {
                draft.take(Origin.MANAGER_PROPERTIES, (String) entry.getKey(), entry.getValue());
            }
        }
    }

    private void readSystemProperties() {
        Properties properties = sources.systemProperties();
        for (String key : properties.stringPropertyNames()) {
            String value = key.startsWith(Setting.PREFIX) ? properties.getProperty(key) : null;
            if (value != null && !key.startsWith(SIMULATOR_PREFIX)) {
                draft.take(Origin.SYSTEM_PROPERTY, key, value);
            }
        }
    }

    private void readEnvironment() {
        for (Map.Entry<String, String> variable : sources.environment().entrySet()) {
            if (variable.getKey().startsWith("HYPERCACHE_")
                    && !variable.getKey().startsWith("HYPERCACHE_SIM_")) {
                draft.takeVariable(variable.getKey(), variable.getValue());
            }
        }
    }

    /** Whether all that was named could be read; without any file, the class that reads files is not even loaded. */
    private boolean readFile() {
        Draft.Given location = draft.given(Setting.CONFIG);
        if (location != null) {
            return new ConfigFile(loader(), draft).take((String) location.value());
        }
        ClassLoader loader = loader();
        URL url = loader == null ? null : loader.getResource(DEFAULT_FILE);
        boolean wanted = url != null && !draft.isWrong(Setting.CONFIG);
        return !wanted || new ConfigFile(loader, draft).take("classpath:" + DEFAULT_FILE);
    }

    private @Nullable ClassLoader loader() {
        ClassLoader given = sources.classLoader();
        return given != null ? given : SettingsReader.class.getClassLoader();
    }

    /** Sorted, so that problems come in the same order each time. */
    static String[] sorted(Set<String> keys) {
        String[] sorted = keys.toArray(new String[0]);
        if (sorted.length > 1) {
            Arrays.sort(sorted);
        }
        return sorted;
    }
}
