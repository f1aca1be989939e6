package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache of strings loads, seen in a JVM of its own. */
class LazyLoadingTest {
    @TempDir
    Path directory;

    /** Runs in the other JVM. Without lambdas and valueOf, which would load what the test looks for. */
    static final class StringCache {
        private StringCache() {}

        public static void main(String[] arguments) {
            Supplier<ClassLoader> loader = new Supplier<>() {
                @Override
                public ClassLoader get() {
                    return StringCache.class.getClassLoader();
                }
            };
            try (CodecRegistry registry = new CodecRegistry(
                    loader, CodecSettings.embedded(DefaultCodec.values()[Integer.parseInt(arguments[0])]))) {
                Handles handles = registry.byValue("c", String.class, Object.class);
                Object key = handles.keyHandleOf("key");
                for (Object value : new Object[] {"text", 1, 2L, new byte[] {1}}) {
                    Object handle = handles.handleOf(value);
                    if (!handles.sameValue(handle, value) || handles.sameValue(handle, "other")) {
                        throw new IllegalStateException("not the same: " + value);
                    }
                    handles.valueOf(handle);
                    handles.weigh(key, handle);
                }
                handles.keyOf(key);
            }
        }
    }

    @Test
    void cacheOfStringsLoadsNoCodecNoReflectionAndNoLambda() throws Exception {
        for (DefaultCodec codec : DefaultCodec.values()) {
            List<String> loaded = classesLoadedBy(codec);

            assertThat(loaded)
                    .contains("dev.hypercache.codec.CopyHandles")
                    .noneMatch(name -> name.contains("Lambda"))
                    .noneMatch(name -> name.startsWith("com.fasterxml"))
                    .noneMatch(name -> name.startsWith("java.io.Object") && name.contains("Stream"))
                    .noneMatch(name -> name.startsWith("java.util.ServiceLoader"));
            assertThat(loaded.stream()
                            .filter(name -> name.startsWith("dev.hypercache."))
                            .map(name -> name.substring(name.lastIndexOf('.') + 1))
                            .filter(name -> !name.startsWith("LazyLoadingTest")))
                    .containsExactlyInAnyOrder(
                            "CodecRegistry",
                            "CodecSettings",
                            "ClassFilter",
                            "ClassResolver",
                            "CopyHandles",
                            "DefaultCodec",
                            "FlatWeight",
                            "Handles",
                            "LoaderChain",
                            "SerializationLimits",
                            "EncodedValue");
        }
    }

    private List<String> classesLoadedBy(DefaultCodec codec) throws IOException, InterruptedException {
        Path log = directory.resolve(codec + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:disable",
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StringCache.class.getName(),
                        String.valueOf(codec.ordinal()))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("source:") && !line.contains("shared objects file"))
                    .map(line -> line.replaceFirst("^(\\[[^]]*\\])+\\s*", ""))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toList());
        }
    }
}
