package dev.hypercache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Fails the build unless the TCK ran whole.
 *
 * <p>A wrong class path makes Surefire find no test and succeed, and a test that the TCK leaves out counts as passed:
 * only the exact count tells. The build runs this after the TCK and says where the reports are.
 */
final class TckCountTest {

    @Test
    @EnabledIfSystemProperty(named = "hypercache.tck.reports", matches = ".+")
    void everyTestOfTheTckRanAndPassedButTheOneThatItsAuthorsExclude() throws IOException {
        requireReports(System.getProperty("hypercache.tck.reports"), new TckReports(493, 0, 1));
    }

    /** References do not cross a network: the 12 tests of them are empty, as the TCK provides. */
    @Test
    @EnabledIfSystemProperty(named = "hypercache.tck.ring.reports", matches = ".+")
    void everyTestOfTheTckPassedOnANodeOfARing() throws IOException {
        requireReports(System.getProperty("hypercache.tck.ring.reports"), new TckReports(493, 0, 13));
    }

    @Test
    @EnabledIfSystemProperty(named = "hypercache.tck.ring.reports", matches = ".+")
    void mostOperationsOnTheRingWereLedByAnotherNode() throws IOException {
        requireLedElsewhere(System.getProperty("hypercache.tck.ring.reports"));
    }

    @Test
    @EnabledIfSystemProperty(named = "hypercache.tck.processes.reports", matches = ".+")
    void everyTestOfTheTckPassedOnARingOfProcesses() throws IOException {
        requireReports(System.getProperty("hypercache.tck.processes.reports"), new TckReports(493, 0, 13));
    }

    @Test
    @EnabledIfSystemProperty(named = "hypercache.tck.processes.reports", matches = ".+")
    void mostOperationsWereLedByAnotherProcess() throws IOException {
        requireLedElsewhere(System.getProperty("hypercache.tck.processes.reports"));
    }

    private static void requireLedElsewhere(String directory) throws IOException {
        RingReport ring =
                RingReport.read(Path.of(directory), Instant.parse(System.getProperty("hypercache.tck.reports.since")));

        System.out.println(ring);
        assertThat(ring.share()).as(ring.toString()).isGreaterThanOrEqualTo(0.6);
    }

    private static void requireReports(String directory, TckReports expected) throws IOException {
        Instant since = Instant.parse(System.getProperty("hypercache.tck.reports.since"));
        TckReports reports = TckReports.read(Path.of(directory), since);

        System.out.println(reports);
        assertThat(reports).as("reports in %s", directory).isEqualTo(expected);
    }
}
