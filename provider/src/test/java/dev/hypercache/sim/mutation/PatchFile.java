package dev.hypercache.sim.mutation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unified diff.
 *
 * <p>Applied by what its hunks say and not by their line numbers: each must be found in its file exactly once. So a patch
 * outlives changes elsewhere in the file, and one whose guard was changed is noticed.
 */
final class PatchFile {

    private static final String FILE = "+++ b/";

    private record Hunk(String before, String after) {}

    private final Map<String, List<Hunk>> hunksByPath = new LinkedHashMap<>();

    private PatchFile() {}

    /** Reads a diff; what stands before its first file is commentary. */
    static PatchFile parse(String text) {
        PatchFile patch = new PatchFile();
        List<Hunk> hunks = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (String line : (text.stripTrailing() + "\n--- end").split("\n")) {
            boolean ends = line.startsWith("@@") || line.startsWith("--- ");
            if (ends && before.length() > 0) {
                hunks.add(new Hunk(before.toString(), after.toString()));
                before.setLength(0);
                after.setLength(0);
            }
            if (line.startsWith(FILE)) {
                hunks = new ArrayList<>();
                patch.hunksByPath.put(line.substring(FILE.length()).strip(), hunks);
            } else if (!ends && !patch.hunksByPath.isEmpty()) {
                String content = line.isEmpty() ? "" : line.substring(1);
                append(line.startsWith("+") ? null : before, content);
                append(line.startsWith("-") ? null : after, content);
            }
        }
        return patch;
    }

    private static void append(@Nullable StringBuilder side, String line) {
        if (side != null) {
            side.append(line).append('\n');
        }
    }

    /** The files that it changes, by path in the repository. */
    Iterable<String> paths() {
        return hunksByPath.keySet();
    }

    /**
     * A file as it is after the patch.
     *
     * @throws IllegalArgumentException if a hunk is not there, or more than once
     */
    String applyTo(String path, String text) {
        String patched = text;
        for (Hunk hunk : hunksByPath.getOrDefault(path, List.of())) {
            int at = patched.indexOf(hunk.before);
            if (at < 0 || patched.indexOf(hunk.before, at + 1) >= 0) {
                throw new IllegalArgumentException("does not apply: " + path + " has "
                        + (at < 0 ? "nowhere" : "more than once") + "\n" + hunk.before);
            }
            patched = patched.substring(0, at) + hunk.after + patched.substring(at + hunk.before.length());
        }
        return patched;
    }
}
