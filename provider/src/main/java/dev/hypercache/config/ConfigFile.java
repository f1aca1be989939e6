package dev.hypercache.config;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A properties file (UTF-8), found by its location: a class-path name, a URL, or a path that is tried as both. */
final class ConfigFile {
    private static final int SIZE_MAX = 1 << 20;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final @Nullable ClassLoader loader;
    private final Draft draft;
    private boolean unavailable;

    ConfigFile(@Nullable ClassLoader loader, Draft draft) {
        this.loader = loader;
        this.draft = draft;
    }

    /**
     * Reads the file at a location; its absence is a problem.
     *
     * @return false when it could not be read, so that what it says is unknown
     */
    boolean take(String location) {
        String shown = ManagerUri.withoutUser(location);
        if (location.startsWith("classpath:")) {
            String name = resourceName(location);
            URL url = resource(name);
            if (url == null) {
                missing(shown, "the class path has no resource " + name);
            } else {
                read(shown, url);
            }
        } else if (hasScheme(location)) {
            takeUrl(shown, location);
        } else {
            takePath(location);
        }
        return !unavailable;
    }

    private void takeUrl(String shown, String location) {
        try {
            URL url = new URL(location);
            File file = file(url);
            if (file != null && !file.isFile()) {
                missing(
                        shown,
                        "tried the file " + file + ", which " + (file.exists() ? "is no file" : "does not exist"));
            } else {
                read(shown, url);
            }
        } catch (IOException e) {
            missing(shown, "it cannot be opened as a URL (" + e.getMessage() + ")");
        }
    }

    private void takePath(String path) {
        URL url = resource(path.startsWith("/") ? path.substring(1) : path);
        File file = new File(path);
        if (url != null) {
            read("classpath:" + path, url);
        } else if (!file.isFile()) {
            missing(path, "tried the class-path resource " + path + " and the file " + file.getAbsolutePath());
        } else {
            try (InputStream in = new FileInputStream(file)) {
                load(path, in);
            } catch (IOException e) {
                unreadable(path, e);
            }
        }
    }

    private void read(String shown, URL url) {
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false); // A cached JarFile would keep the archive open for ever.
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream in = connection.getInputStream()) {
                load(shown, in);
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            unreadable(shown, e); // The JDK's handlers throw either of the latter for a broken escape.
        }
    }

    private void load(String shown, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(SIZE_MAX + 1);
        if (bytes.length > SIZE_MAX) {
            draft.add(new Problem(
                    shown, "", null, "a configuration file has at most 1MB", "Check that this is the right file."));
            return;
        }
        Properties properties = new Properties();
        try {
            properties.load(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            String rule = "is no properties file (" + e.getMessage() + ")";
            draft.add(new Problem(shown, "", null, rule, "Correct the \\u escape; a backslash is written \\\\."));
        }
        Origin origin = new Origin(shown, Origin.Kind.FILE);
        for (String key : SettingsReader.sorted(properties.stringPropertyNames())) {
            draft.take(origin, key, properties.getProperty(key));
        }
    }

    private @Nullable URL resource(String name) {
        return loader == null ? ClassLoader.getSystemResource(name) : loader.getResource(name);
    }

    private static String resourceName(String location) {
        String name = location.substring("classpath:".length());
        try {
            String decoded = new URI(location).getSchemeSpecificPart();
            name = decoded == null ? name : decoded;
        } catch (URISyntaxException notEncoded) {
            // The name stands for itself.
        }
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /** A scheme has two letters at least: {@code C:\x} is a path. */
    private static boolean hasScheme(String location) {
        int colon = location.indexOf(':');
        for (int i = 0; i < colon; i++) {
            char c = location.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return colon > 1;
    }

    /** The local file of a {@code file:} URL; null for other URLs. The JDK's handler would list a directory. */
    private static @Nullable File file(URL url) {
        if (!url.getProtocol().equals("file")) {
            return null;
        }
        try {
            return new File(new URI("file", null, url.toURI().getPath(), null));
        } catch (URISyntaxException | IllegalArgumentException notEncoded) {
            return new File(url.getPath());
        }
    }

    private void missing(String shown, String tried) {
        unavailable = true;
        String remedy = "Correct the location, or remove it to run with the defaults.";
        draft.add(
                new Problem("configuration file '" + shown + "'", "", null, "there is no such file: " + tried, remedy));
    }

    private void unreadable(String shown, Exception e) {
        unavailable = true;
        String rule = "cannot be read (" + e.getClass().getSimpleName() + ": "
                + ManagerUri.withoutUser(String.valueOf(e.getMessage())) + ")";
        draft.add(new Problem(
                "configuration file '" + shown + "'", "", null, rule, "Correct the location or its access."));
    }
}
