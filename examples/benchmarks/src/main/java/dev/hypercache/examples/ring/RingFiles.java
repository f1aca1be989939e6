package dev.hypercache.examples.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what was measured: every figure of every round for machines, medians as a picture for people. */
final class RingFiles {

    private RingFiles() {}

    /** @return the files */
    static List<Path> write(Path directory, Samples samples) throws IOException {
        Files.createDirectories(directory);
        return List.of(
                Files.writeString(directory.resolve("rings.json"), RingJson.render(samples)),
                Files.writeString(directory.resolve("rings.svg"), RingPlot.render(samples)));
    }
}
