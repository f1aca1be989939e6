package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a seed comes to depends on nothing but the seed, or a failure could not be replayed elsewhere. */
@Tag("simulation")
class SameHistoryTest {

    private static final long BASE = 7;
    private static final int SEEDS = 6;
    private static final long OTHER_JVM_SECONDS = 120;

    @Test
    void oneSeedAlwaysRunsTheSameWay() {
        SimRun.Result one = new SimRun(SimCase.of(7, FaultKinds.all())).run();
        SimRun.Result other = new SimRun(SimCase.of(7, FaultKinds.all())).run();
        SimRun.Result another = new SimRun(SimCase.of(8, FaultKinds.all())).run();

        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(another.hash()).isNotEqualTo(one.hash());
    }

    @Test
    void oneSeedRunsTheSameWayInAnotherJvm(@TempDir Path directory) throws IOException, InterruptedException {
        Path out = directory.resolve("hashes");
        Process other = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        List<String> here = new ArrayList<>();
        try {
            for (long seed = BASE; seed < BASE + SEEDS; seed++) {
                here.add(new SimRun(SimCase.of(seed, FaultKinds.all())).run().fingerprint());
            }
            assertThat(other.waitFor(OTHER_JVM_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            other.destroyForcibly();
        }

        assertThat(Files.readAllLines(out)).isEqualTo(here);
    }

    /** Other identity hash codes than here, and other salts of the immutable collections, as in any other JVM. */
    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=0",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SimMain.class.getName(),
                "hashes",
                Long.toString(BASE),
                Integer.toString(SEEDS));
    }
}
