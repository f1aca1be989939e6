package dev.hypercache.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for secrets in everything that was collected. */
final class SecretSearch {

    private final List<PlantedSecret> secrets;

    SecretSearch(List<PlantedSecret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** The files of a directory that show a secret, each as {@code file shows name}. */
    List<String> hits(Path directory) throws IOException {
        List<String> hits = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                hits.addAll(hitsIn(file));
            }
        }
        return hits;
    }

    private List<String> hitsIn(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return secrets.stream()
                .filter(secret -> secret.forms().stream().anyMatch(text::contains))
                .map(secret -> file.getFileName() + " shows " + secret.name())
                .toList();
    }
}
