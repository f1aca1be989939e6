package dev.hypercache.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedsUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seeds in a file, as {@code hypercache.seeds=file:path} asks for: {@code host:port} on each line, blank lines and what follows a
 * {@code #} do not count. Read anew at each call, so whoever starts nodes may write it meanwhile.
 */
public final class FileSeeds implements SeedSource {

    /** The largest file that is read. */
    public static final int BYTES_MAX = 512 * 1024;

    private final Path file;

    private FileSeeds(Path file) {
        this.file = file;
    }

    /**
     * Makes a source that has read nothing yet.
     *
     * @param file where the seeds are; it need not exist yet
     */
    public static FileSeeds of(Path file) {
        return new FileSeeds(file);
    }

    @Override
    public List<Address> seeds() {
        List<Address> seeds = new ArrayList<>();
        int number = 0;
        for (String line : text().split("\n", -1)) {
            number++;
            String seed = line.split("#", 2)[0].strip();
            if (!seed.isEmpty()) {
                add(seed, number, seeds);
            }
        }
        return List.copyOf(seeds);
    }

    private void add(String text, int line, List<Address> seeds) {
        Address seed;
        try {
            seed = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw unavailable("line " + line + ": " + e.getMessage(), "Correct the line", e);
        }
        if (seed.port() == 0) {
            throw unavailable("line " + line + ": port 0 cannot be dialled", "Give the port that it binds", null);
        }
        if (seeds.size() == StaticSeeds.SEEDS_MAX) {
            throw unavailable("more than " + StaticSeeds.SEEDS_MAX + " seeds", "Keep a handful of nodes", null);
        }
        if (!seeds.contains(seed)) {
            seeds.add(seed);
        }
    }

    private String text() {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (NoSuchFileException e) {
            throw unavailable("there is no such file", "Write host:port of each node there, one on a line", e);
        } catch (IOException e) {
            throw unavailable("it cannot be read: " + e, "Let this process read it", e);
        }
        if (bytes.length > BYTES_MAX) {
            throw unavailable("it is larger than " + BYTES_MAX + " bytes", "Keep a handful of nodes", null);
        }
        return new String(bytes, UTF_8);
    }

    private SeedsUnavailableException unavailable(String what, String remedy, @Nullable Throwable cause) {
        return new SeedsUnavailableException(this + ": " + what + ". " + remedy + "; it is read again.", cause);
    }

    @Override
    public boolean isFixed() {
        return false;
    }

    /** The form that {@link SeedSources#parse} reads. */
    @Override
    public String toString() {
        return SeedSources.FILE + file;
    }
}
