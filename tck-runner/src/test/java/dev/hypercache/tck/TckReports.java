package dev.hypercache.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What one run of the TCK came to.
 *
 * <p>The TCK's exclude rule replaces the body of a test by a log line, so a report never shows a skip; the lines in the
 * redirected output are the only trace of a test that passed without running.
 *
 * @param executed tests in the reports, skipped ones not counted
 * @param failed failures and errors
 * @param empty tests whose body was replaced
 */
record TckReports(int executed, int failed, int empty) {

    private static final String EMPTY_MARK = "EXCLUDING TEST";

    /** Reads the reports in {@code directory} that were written at or after {@code since}. */
    static TckReports read(Path directory, Instant since) throws IOException {
        TckReports sum = new TckReports(0, 0, 0);
        for (Path file : writtenSince(directory, since)) {
            String name = file.getFileName().toString();
            if (name.startsWith("TEST-") && name.endsWith(".xml")) {
                sum = sum.plus(suite(file));
            } else if (name.endsWith("-output.txt")) {
                sum = sum.plus(new TckReports(0, 0, emptyIn(file)));
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return "TCK: " + executed + " executed, " + failed + " failed, " + empty + " empty";
    }

    private TckReports plus(TckReports other) {
        return new TckReports(executed + other.executed, failed + other.failed, empty + other.empty);
    }

    private static List<Path> writtenSince(Path directory, Instant since) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !modified(file).isBefore(since)).toList();
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TckReports suite(Path file) throws IOException {
        try {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            int executed = count(suite, "tests") - count(suite, "skipped");
            return new TckReports(executed, count(suite, "failures") + count(suite, "errors"), 0);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("Not a Surefire report: " + file, e);
        }
    }

    private static int count(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static int emptyIn(Path output) throws IOException {
        try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
            return (int) lines.filter(line -> line.contains(EMPTY_MARK)).count();
        }
    }
}
