package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Bytes once written must be readable, and keys findable, for ever. Lines may be added to the golden file, never changed or
 * removed: a line that no longer fits means that caches lose their contents at the upgrade.
 */
class GoldenBytesTest {
    private static final String FILE = "/codec/golden-v1.properties";

    private final CodecRegistry registry =
            new CodecRegistry(() -> GoldenBytesTest.class.getClassLoader(), CodecSettings.embedded(DefaultCodec.AUTO));

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void everySampleHasTheBytesItAlwaysHad() throws IOException {
        Map<String, String> actual = new LinkedHashMap<>();
        HexFormat hex = HexFormat.of();
        Samples.all().forEach((name, sample) -> {
            actual.put("value." + name, hex.formatHex(registry.encode(sample, Object.class)));
            actual.put("key." + name, hex.formatHex(registry.keys(Object.class).encode(sample)));
        });

        assertThat(actual).containsExactlyInAnyOrderEntriesOf(golden());
    }

    @Test
    void goldenBytesAreStillReadable() throws IOException {
        Map<String, String> golden = golden();
        Samples.all().forEach((name, sample) -> {
            for (String role : new String[] {"value.", "key."}) {
                byte[] bytes = HexFormat.of().parseHex(golden.get(role + name));
                assertThat(Objects.deepEquals(registry.decode(bytes, Object.class), sample))
                        .as(role + name)
                        .isTrue();
            }
        });
    }

    private static Map<String, String> golden() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(GoldenBytesTest.class.getResourceAsStream(FILE))) {
            properties.load(in);
        }
        Map<String, String> golden = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> golden.put(name, properties.getProperty(name)));
        return golden;
    }
}
