package dev.hypercache.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new directory of files that nodes read, each replaced in one step while they run. */
final class SecurityFolder {

    private final Path directory;

    private SecurityFolder(Path directory) {
        this.directory = directory;
    }

    /** Makes one below the build's own directory. */
    static SecurityFolder create() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "ring-security"));
        return new SecurityFolder(
                Files.createTempDirectory(parent.toAbsolutePath(), "ring").toRealPath());
    }

    /** The file of a node, whether it exists or not. */
    Path file(int node, String name) {
        return directory.resolve("n" + (node + 1)).resolve(name);
    }

    /** Where files may be made before they take their places. */
    Path staging() {
        return directory.resolve("staging");
    }

    /** Writes a file that its owner alone may read, over the one that is there. */
    void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path passing = file.resolveSibling(file.getFileName() + ".passing");
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                passing,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            out.write(content);
        }
        move(passing, file);
    }

    /** Moves a file over the one that is there. */
    static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Path unused = Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
