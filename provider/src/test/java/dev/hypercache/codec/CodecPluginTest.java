package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.ValueCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecPluginTest {
    @TempDir
    Path directory;

    /** Not Serializable, so that only the plug-in takes it. */
    static final class Celsius {
        final int degrees;

        Celsius(int degrees) {
            this.degrees = degrees;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Celsius celsius && celsius.degrees == degrees;
        }

        @Override
        public int hashCode() {
            return degrees;
        }
    }

    public static class CelsiusCodec implements ValueCodec {
        @Override
        public int id() {
            return 64;
        }

        @Override
        public String name() {
            return "celsius";
        }

        @Override
        public int version() {
            return 7;
        }

        @Override
        public boolean canEncode(Class<?> type) {
            return type == Celsius.class;
        }

        @Override
        public void encode(Object value, OutputStream out, CodecContext context) throws IOException {
            out.write(((Celsius) value).degrees);
        }

        @Override
        public Object decode(int version, ByteBuffer payload, CodecContext context) {
            return new Celsius(payload.get());
        }
    }

    public static final class GreedyCodec extends CelsiusCodec {
        @Override
        public int id() {
            return JavaCodec.ID;
        }
    }

    public static final class CopycatCodec extends CelsiusCodec {}

    @Test
    void pluginTakesValuesThatHaveNoBuiltinEncoding() throws IOException {
        try (CodecRegistry registry = registryWith(CelsiusCodec.class)) {
            Handles handles = registry.byValue("c", Object.class, Object.class);

            Object handle = handles.handleOf(new Celsius(20));

            assertThat(handle).isInstanceOf(EncodedValue.class);
            assertThat(((EncodedValue) handle).bytes()).containsExactly(64, 7, 20);
            assertThat(handles.valueOf(handle)).isEqualTo(new Celsius(20));
            assertThat(handles.sameValue(handle, new Celsius(20))).isTrue();
            assertThat(handles.keyHandleOf(new Celsius(20))).isEqualTo(new Celsius(20));
        }
    }

    @Test
    void valueOfAPluginThatIsMissingIsUndecodable() {
        try (CodecRegistry registry = new CodecRegistry(() -> null, CodecSettings.embedded(DefaultCodec.AUTO))) {
            assertThatThrownBy(() -> registry.decode(new byte[] {64, 7, 20}, Object.class))
                    .isInstanceOf(DecodingException.class)
                    .hasMessageContaining("No codec with id 64");
        }
    }

    @Test
    void reservedOrDoubleIdIsRefused() throws IOException {
        try (CodecRegistry greedy = registryWith(GreedyCodec.class);
                CodecRegistry twice = registryWith(CelsiusCodec.class, CopycatCodec.class)) {
            assertThatThrownBy(() -> greedy.encode("x", Object.class))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("'celsius'", "id 2", "from 64 to 255");
            assertThatThrownBy(() -> twice.encode("x", Object.class))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("same id 64", "Leave one of them out");
        }
    }

    private CodecRegistry registryWith(Class<?>... plugins) throws IOException {
        StringBuilder names = new StringBuilder();
        for (Class<?> plugin : plugins) {
            names.append(plugin.getName()).append('\n');
        }
        Path service = Files.writeString(Files.createTempFile(directory, "service", ""), names);
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/" + ValueCodec.class.getName())
                        ? java.util.Collections.enumeration(
                                java.util.List.of(service.toUri().toURL()))
                        : super.getResources(name);
            }
        };
        return new CodecRegistry(() -> loader, CodecSettings.embedded(DefaultCodec.AUTO));
    }
}
