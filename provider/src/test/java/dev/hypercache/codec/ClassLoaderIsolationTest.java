package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.DecodingException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that only an application's own loader knows: found through it, and let go with it. */
class ClassLoaderIsolationTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void compileAnApplication() throws IOException {
        Path record = Files.writeString(directory.resolve("Item.java"), """
                public record Item(String name, java.util.List<String> tags) implements java.io.Serializable {}
                """);
        Path bean = Files.writeString(directory.resolve("Bean.java"), """
                public class Bean implements java.io.Serializable {
                    private String name = "bean";
                    public boolean equals(Object other) { return other instanceof Bean b && b.name.equals(name); }
                    public int hashCode() { return 1; }
                }
                """);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), record.toString(), bean.toString());
        assertThat(result).isZero();
    }

    private static URLClassLoader application() throws IOException {
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, ClassLoaderIsolationTest.class.getClassLoader());
    }

    private static List<Object> values(ClassLoader loader) throws ReflectiveOperationException {
        return List.of(
                loader.loadClass("Item")
                        .getConstructor(String.class, List.class)
                        .newInstance("a", new ArrayList<>(List.of("t"))),
                loader.loadClass("Bean").getConstructor().newInstance());
    }

    @Test
    void classOfTheManagersLoaderIsFoundWithoutAContextLoader() throws Exception {
        try (URLClassLoader loader = application()) {
            CodecRegistry registry = new CodecRegistry(() -> loader, CodecSettings.embedded(DefaultCodec.AUTO));
            Handles handles = registry.byValue("c", Object.class, Object.class);
            for (Object value : values(loader)) {
                assertThat(handles.valueOf(handles.handleOf(value))).isEqualTo(value);
                assertThat(handles.keyHandleOf(value)).isEqualTo(value);
                assertThat(registry.decode(registry.encode(value, Object.class), Object.class))
                        .isEqualTo(value);
            }
            registry.close();
        }
    }

    @Test
    void contextLoaderHelpsWhereTheManagersLoaderDoesNotKnow() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = application()) {
            CodecRegistry registry = new CodecRegistry(() -> null, CodecSettings.embedded(DefaultCodec.AUTO));
            Object value = values(loader).get(1);
            byte[] bytes = registry.encode(value, Object.class);

            assertThatThrownBy(() -> registry.decode(bytes, Object.class))
                    .isInstanceOf(DecodingException.class)
                    .hasMessageContaining("Bean");
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(registry.decode(bytes, Object.class)).isEqualTo(value);
            registry.close();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void closedRegistryThatIsStillHeldKeepsNoApplicationLoaderAlive() throws Exception {
        List<CodecRegistry> held = new ArrayList<>();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            loaders.add(useAndClose(held));
        }

        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(loaders).allMatch(reference -> reference.get() == null);
        });
        assertThat(held).hasSize(10);
    }

    private static WeakReference<ClassLoader> useAndClose(List<CodecRegistry> held) throws Exception {
        try (URLClassLoader loader = application()) {
            WeakReference<ClassLoader> reference = new WeakReference<>(loader);
            CodecRegistry registry = new CodecRegistry(reference::get, CodecSettings.embedded(DefaultCodec.AUTO));
            Handles handles = registry.byValue("c", Object.class, Object.class);
            for (Object value : values(loader)) {
                handles.valueOf(handles.handleOf(value));
                handles.weigh(handles.keyHandleOf(value), handles.handleOf(new ArrayList<>(List.of(value))));
                registry.decode(registry.encode(value, Object.class), Object.class);
                registry.keys(Object.class).encode(value);
            }
            registry.close();
            held.add(registry);
            return reference;
        }
    }

    @Test
    void openRegistryLetsGoOfClassesOfOtherLoaders() throws Exception {
        CodecRegistry registry = new CodecRegistry(
                () -> ClassLoaderIsolationTest.class.getClassLoader(), CodecSettings.embedded(DefaultCodec.AUTO));
        WeakReference<ClassLoader> reference = use(registry);

        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(reference.get()).isNull();
        });
        registry.close();
    }

    private static WeakReference<ClassLoader> use(CodecRegistry registry) throws Exception {
        try (URLClassLoader loader = application()) {
            Handles handles = registry.byValue("c", Object.class, Object.class);
            for (Object value : values(loader)) {
                handles.handleOf(value);
                registry.encode(value, Object.class);
            }
            return new WeakReference<>(loader);
        }
    }
}
