package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
    private static final byte[] TEXT = "hypercache.node.name=from-file\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void fileUrlWithSpacesIsRead() throws IOException {
        Path file = Files.write(directory.resolve("a b.properties"), TEXT);

        assertThat(load(file.toUri(), null).nodeName()).isEqualTo("from-file");
        assertThat(loadConfigured("file:" + file, null).nodeName()).isEqualTo("from-file");
    }

    @Test
    void pathIsRead() throws IOException {
        Path file = Files.write(directory.resolve("x.properties"), TEXT);

        assertThat(loadConfigured(file.toString(), null).nodeName()).isEqualTo("from-file");
    }

    @Test
    void jarUrlIsReadAndTheJarIsReleased() throws IOException {
        Path jar = jar("conf/x.properties");

        assertThat(load(URI.create("jar:" + jar.toUri() + "!/conf/x.properties"), null)
                        .nodeName())
                .isEqualTo("from-file");
        Files.write(jar, new byte[] {1});
        assertThatThrownBy(() -> load(URI.create("jar:" + jar.toUri() + "!/conf/x.properties"), null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void classPathLocationIsReadThroughTheGivenLoader() throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar("conf/x.properties").toUri().toURL()}, null)) {
            assertThat(load(URI.create("classpath:conf/x.properties"), loader).nodeName())
                    .isEqualTo("from-file");
            assertThat(load(URI.create("classpath:/conf/x.properties"), loader).nodeName())
                    .isEqualTo("from-file");
            assertThat(load(URI.create("conf/x.properties"), loader).nodeName()).isEqualTo("from-file");
            assertThat(loadConfigured("conf/x.properties", loader).nodeName()).isEqualTo("from-file");
        }
    }

    @Test
    void defaultFileOnTheClassPathIsRead() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {jar("hypercache.properties").toUri().toURL()}, null)) {
            assertThat(load(null, loader).nodeName()).isEqualTo("from-file");
            assertThat(load(URI.create("hypercache:other"), loader).source(Setting.NODE_NAME))
                    .isEqualTo("classpath:hypercache.properties");
        }
    }

    @Test
    void namedFileReplacesTheDefaultOne() throws IOException {
        Path file = Files.writeString(directory.resolve("x.properties"), "hypercache.node.zone=z");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {jar("hypercache.properties").toUri().toURL()}, null)) {
            Settings settings = load(file.toUri(), loader);

            assertThat(settings.nodeName()).isEqualTo("embedded");
            assertThat(settings.text(Setting.NODE_ZONE)).isEqualTo("z");
        }
    }

    @Test
    void missingFileNamesTheUriAndWhatWasTried() {
        URI missing = directory.resolve("missing.properties").toUri();

        assertMissing(missing.toString(), "there is no such file: tried the file " + Path.of(missing));
        assertMissing("classpath:no/such.properties", "the class path has no resource no/such.properties");
        assertMissing(
                "no/such.properties",
                "tried the class-path resource no/such.properties and the file "
                        + Path.of("no/such.properties").toAbsolutePath());
        assertMissing("foo:bar", "unknown protocol: foo");
        assertMissing(directory.toUri().toString(), "which is no file");
        assertMissing("jar:" + missing + "!/x", "cannot be read");
        assertMissing("http:x", "configuration file 'http:x'");
    }

    @Test
    void brokenEscapeOfALocationIsAProblem() {
        for (String location : List.of("jar:file:/x!/y%", "jar:file:/x!/%zz", "file:/x%")) {
            assertThatThrownBy(() -> loadConfigured(location, null))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(location);
        }
    }

    @Test
    void problemsOfOtherSourcesAreReportedWithAMissingFile() {
        Sources sources = new Sources(Map.of(), new Properties(), null);
        Properties manager = new Properties();
        manager.setProperty("hypercache.hold.max", "x");
        manager.setProperty("hypercache.config", "classpath:missing");
        manager.setProperty("hypercache.seeds", "a:1");

        assertThatThrownBy(() -> Settings.load(ManagerUri.of(null), manager, sources))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void malformedFileIsAProblem() throws IOException {
        Path file = Files.writeString(directory.resolve("x.properties"), "hypercache.node.name=\\u12\n");

        assertThatThrownBy(() -> load(file.toUri(), null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toUri().toString())
                .hasMessageContaining("is no properties file");
    }

    @Test
    void oversizedFileIsAProblem() throws IOException {
        Path file = Files.write(directory.resolve("x.properties"), new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> load(file.toUri(), null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("at most 1MB");
    }

    @Test
    void userAndPasswordOfALocationAreNotShown() {
        assertThatThrownBy(() -> load(URI.create("foo://me:hunter2@host/x"), null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("foo://***@host/x")
                .hasMessageNotContaining("hunter2");
    }

    private static void assertMissing(String location, String tried) {
        assertThatThrownBy(() -> load(URI.create(location), null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'" + location + "'")
                .hasMessageContaining(tried)
                .hasMessageContaining("Correct the location");
    }

    private Path jar(String entry) throws IOException {
        Path jar = directory.resolve("x.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out)) {
            archive.putNextEntry(new JarEntry(entry));
            archive.write(TEXT);
        }
        return jar;
    }

    private static Settings load(URI uri, ClassLoader loader) {
        return Settings.load(ManagerUri.of(uri), null, new Sources(Map.of(), new Properties(), loader));
    }

    private static Settings loadConfigured(String location, ClassLoader loader) {
        Sources sources = new Sources(Map.of("HYPERCACHE_CONFIG", location), new Properties(), loader);
        return Settings.load(ManagerUri.of(null), null, sources);
    }
}
