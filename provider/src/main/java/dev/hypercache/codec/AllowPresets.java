package dev.hypercache.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What frameworks put into caches, for the presets of {@link ClassFilter#SETTING}: one list of class names each, a resource of
 * this package. Lists of names, so that nothing depends on a framework.
 */
final class AllowPresets {

    private AllowPresets() {}

    /**
     * The classes of a preset.
     *
     * @param preset its name with the {@code @}
     * @throws IllegalStateException if the jar has lost its list
     */
    static List<String> classesOf(String preset) {
        String resource = "allow-" + preset.substring(1) + ".txt";
        List<String> names = new ArrayList<>();
        try (InputStream in = AllowPresets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "dev/hypercache/codec/" + resource + " is missing: the HyperCache jar was"
                                + " repackaged without its resources; keep them when shading");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    names.add(line.trim());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("dev/hypercache/codec/" + resource + " cannot be read", unreadable);
        }
        return List.copyOf(names);
    }
}
