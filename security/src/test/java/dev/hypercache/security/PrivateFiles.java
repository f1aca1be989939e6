package dev.hypercache.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files as an administrator would keep secrets. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** Writes a file of mode 0600. */
    static Path write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
