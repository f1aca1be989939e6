package dev.hypercache.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The text files of a repository, by path relative to its root with {@code /} between the names. */
final class SourceTree {

    private static final Set<String> SKIPPED_DIRECTORIES = Set.of("target", "node_modules");

    private static final Set<String> TEXT_ENDINGS =
            Set.of("java", "xml", "md", "properties", "yml", "yaml", "json", "sh", "html", "js", "css", "txt", "allow");

    private final Path root;
    private final SortedMap<String, String> textByPath;

    private SourceTree(Path root, SortedMap<String, String> textByPath) {
        this.root = root;
        this.textByPath = textByPath;
    }

    /** Reads the repository that holds the working directory: the nearest directory upwards with an {@code mvnw}. */
    static SourceTree ofRepository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("no directory above the module holds mvnw: run inside the repository");
            }
        }
        return of(directory);
    }

    static SourceTree of(Path root) {
        SortedMap<String, String> files = new TreeMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return isSkipped(root, directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (isText(file)) {
                        files.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sources below " + root, e);
        }
        return new SourceTree(root, files);
    }

    Path root() {
        return root;
    }

    String text(String path) {
        String text = textByPath.get(path);
        if (text == null) {
            throw new IllegalArgumentException("no such text file: " + path);
        }
        return text;
    }

    List<String> paths() {
        return List.copyOf(textByPath.keySet());
    }

    List<String> paths(Predicate<String> filter) {
        return textByPath.keySet().stream().filter(filter).toList();
    }

    List<String> mainJava() {
        return paths(path -> path.contains("src/main/java/") && path.endsWith(".java"));
    }

    List<String> testJava() {
        return paths(path -> path.contains("src/test/java/") && path.endsWith(".java"));
    }

    List<String> markdown() {
        return paths(path -> path.endsWith(".md"));
    }

    private static boolean isSkipped(Path root, Path directory) {
        if (directory.equals(root)) {
            return false;
        }
        String name = directory.getFileName().toString();
        boolean hidden = name.startsWith(".") && !name.equals(".ci") && !name.equals(".mvn");
        return hidden || SKIPPED_DIRECTORIES.contains(name);
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        String directory = file.getParent().getFileName().toString();
        return TEXT_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) || directory.equals(".ci");
    }
}
