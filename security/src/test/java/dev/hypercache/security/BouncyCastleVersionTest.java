package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarFile;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.Test;

/** The oldest Bouncy Castle that may read certificates and keys (docs/SECURITY.md). */
class BouncyCastleVersionTest {

    private static final int[] LEAST = {1, 87};

    @Test
    void bouncyCastleIsNotOlderThanTheDocumentedOne() throws Exception {
        Path jar = Path.of(PEMParser.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile file = new JarFile(jar.toFile())) {
            String version = file.getManifest().getMainAttributes().getValue("Bundle-Version");
            int[] numbers = Arrays.stream(version.split("\\."))
                    .mapToInt(Integer::parseInt)
                    .toArray();

            assertThat(jar.getFileName().toString()).startsWith("bcpkix-jdk18on");
            assertThat(Arrays.compare(numbers, LEAST)).as(version).isNotNegative();
        }
    }
}
