package dev.hypercache.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files were changed since they were last looked at: by the time of their last change, their length and their key in the
 * file system, so that a file which another one is moved over counts, and so does a symbolic link that leads elsewhere.
 *
 * <p>For one thread.
 */
final class FileStamps {

    private final List<Path> files;
    private List<String> stamps;

    /** Remembers how the files are now. */
    FileStamps(List<Path> files) {
        this.files = List.copyOf(files);
        this.stamps = read();
    }

    /** Whether any of them was changed since the last call, or since the beginning. */
    boolean haveChanged() {
        List<String> now = read();
        boolean changed = !now.equals(stamps);
        stamps = now;
        return changed;
    }

    private List<String> read() {
        List<String> all = new ArrayList<>(files.size());
        for (Path file : files) {
            all.add(stampOf(file));
        }
        return all;
    }

    private static String stampOf(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException gone) {
            return "absent";
        }
    }
}
