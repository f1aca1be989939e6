package dev.hypercache.examples.hibernate;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** Shows what the second node need not ask the database for, and that it never takes old for new. */
public final class TwoLibraries {
    private static final String DATABASE = "jdbc:h2:mem:library;DB_CLOSE_DELAY=-1";
    private static final long AUTHOR = 1;
    private static final long BOOK = 11;

    private TwoLibraries() {}

    /** Ends with status 1 if a cache does not do what its line says. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        List<Library> libraries = Nodes.open(DATABASE, 2, Files.createTempDirectory("hypercache-hibernate"));
        try (Library first = libraries.get(0);
                Library second = libraries.get(1)) {
            first.createTables();
            first.add(new Author(AUTHOR, "Mary Shelley")
                    .wrote(BOOK, "Frankenstein", LocalDate.of(1818, 1, 1), new BigDecimal("12.50"))
                    .wrote(12, "The Last Man", LocalDate.of(1826, 2, 1), new BigDecimal("9.90")));
            show(first, second);
        }
    }

    private static void show(Library first, Library second) {
        first.author(AUTHOR);
        report(
                "entities and a collection: the second node read an author and her 2 books",
                second,
                0,
                () -> Objects.requireNonNull(second.author(AUTHOR)).books().size() == 2);

        List<String> titles = first.titles(AUTHOR);
        report(
                "query: the second node got " + titles + " as the first had found them",
                second,
                0,
                () -> second.titles(AUTHOR).equals(titles));

        first.rename(BOOK, "Frankenstein; or, The Modern Prometheus");
        report(
                "update: the second node read the title that the first has just given",
                second,
                0,
                () -> title(second).endsWith("Prometheus"));
        report(
                "update: the second node asked anew for titles",
                second,
                1,
                () -> second.titles(AUTHOR).contains("Frankenstein; or, The Modern Prometheus"));

        first.evictAll();
        report(
                "evicted: the second node read the book from the database",
                second,
                1,
                () -> title(second).endsWith("Prometheus"));
    }

    private static String title(Library library) {
        return Objects.requireNonNull(library.book(BOOK)).title();
    }

    private static void report(String line, Library library, long statements, BooleanSupplier check) {
        library.statistics().clear();
        boolean right = check.getAsBoolean();
        long counted = library.statistics().getPrepareStatementCount();
        boolean good = right && counted == statements;
        System.out.println(line + ", with " + counted + " SQL statements" + (good ? ": ok" : ": WRONG"));
        if (!good) {
            throw new IllegalStateException(line);
        }
    }
}
