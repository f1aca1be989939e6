package dev.hypercache.examples.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over sockets, each with a Hibernate of its own, and one database. */
@Timeout(120)
class SecondLevelCacheTest {
    private static final String DATABASE = "jdbc:h2:mem:library-test;DB_CLOSE_DELAY=-1";
    private static final long AUTHOR = 1;
    private static final long BOOK = 11;
    private static final int RENAMES = 200;

    @TempDir
    private static Path directory;

    private static Library first;
    private static Library second;

    @BeforeAll
    static void openTheLibraries() throws Exception {
        List<Library> libraries = Nodes.open(DATABASE, 2, directory);
        first = libraries.get(0);
        second = libraries.get(1);
    }

    @AfterAll
    static void closeTheLibraries() {
        first.close();
        second.close();
    }

    @BeforeEach
    void fillTheDatabase() {
        first.sessions().getSchemaManager().dropMappedObjects(false);
        first.createTables();
        first.evictAll();
        first.add(new Author(AUTHOR, "Mary Shelley")
                .wrote(BOOK, "Frankenstein", LocalDate.of(1818, 1, 1), new BigDecimal("12.50"))
                .wrote(12, "The Last Man", LocalDate.of(1826, 2, 1), new BigDecimal("9.90")));
    }

    @Test
    void entityThatOneNodeStoredIsReadByTheOtherWithoutTheDatabase() {
        Book book = withStatements(second, 0, () -> Objects.requireNonNull(second.book(BOOK)));

        assertThat(book.title()).isEqualTo("Frankenstein");
        assertThat(book.published()).isEqualTo("1818-01-01");
        assertThat(book.price()).isEqualByComparingTo("12.50");
        assertThat(book.binding()).isEqualTo(Binding.HARDCOVER);
        assertThat(second.statistics().getSecondLevelCacheHitCount()).isEqualTo(1);
    }

    @Test
    void collectionThatOneNodeLoadedIsReadByTheOtherWithoutTheDatabase() {
        first.author(AUTHOR);

        Author author = withStatements(second, 0, () -> Objects.requireNonNull(second.author(AUTHOR)));

        assertThat(author.books()).extracting(Book::title).containsExactly("Frankenstein", "The Last Man");
        assertThat(second.statistics()
                        .getDomainDataRegionStatistics(Author.class.getName() + ".books")
                        .getHitCount())
                .isEqualTo(1);
    }

    @Test
    void resultOfAQueryIsSharedUntilItsTableChanges() {
        List<String> titles = first.titles(AUTHOR);
        assertThat(titles).containsExactly("Frankenstein", "The Last Man");

        assertThat(withStatements(second, 0, () -> second.titles(AUTHOR))).isEqualTo(titles);
        assertThat(second.statistics().getQueryCacheHitCount()).isEqualTo(1);

        first.rename(BOOK, "The Modern Prometheus");
        assertThat(withStatements(second, 1, () -> second.titles(AUTHOR)))
                .containsExactly("The Last Man", "The Modern Prometheus");
        assertThat(withStatements(first, 0, () -> first.titles(AUTHOR)))
                .containsExactly("The Last Man", "The Modern Prometheus");
    }

    @Test
    void resultsOfEveryKindOfQueryAreShared() {
        everyKindOfQuery(first);

        List<List<?>> answers = withStatements(second, 0, () -> everyKindOfQuery(second));

        assertThat(second.statistics().getQueryCacheHitCount()).isEqualTo(answers.size());
        assertThat(answers.get(0))
                .singleElement()
                .isInstanceOfSatisfying(
                        Object[].class,
                        row -> assertThat(row)
                                .containsExactly(
                                        "Frankenstein",
                                        LocalDate.of(1818, 1, 1),
                                        new BigDecimal("12.50"),
                                        Binding.HARDCOVER,
                                        0,
                                        BOOK));
        assertThat(answers.get(1)).singleElement().isInstanceOf(Book.class);
        assertThat(answers.get(2)).singleElement().isEqualTo(2L);
        assertThat(answers.get(3)).singleElement().isInstanceOf(Object[].class);
    }

    private static List<List<?>> everyKindOfQuery(Library library) {
        return library.sessions()
                .fromTransaction(session -> List.of(
                        session.createSelectionQuery(
                                        "select title, published, price, binding, version, id from Book where id = :id",
                                        Object[].class)
                                .setParameter("id", BOOK)
                                .setCacheable(true)
                                .getResultList(),
                        session.createSelectionQuery("from Book b join fetch b.author where b.id = :id", Book.class)
                                .setParameter("id", BOOK)
                                .setCacheable(true)
                                .getResultList(),
                        session.createSelectionQuery("select count(*) from Book", Long.class)
                                .setCacheable(true)
                                .getResultList(),
                        nativeQuery(session)));
    }

    private static List<?> nativeQuery(Session session) {
        return session.createNativeQuery(
                        "select id, title, published, price, version from Book where id = :id", Object[].class)
                .addSynchronizedEntityClass(Book.class)
                .setParameter("id", BOOK)
                .setCacheable(true)
                .getResultList();
    }

    @Test
    void nodeNeverReadsAnEntityFromBeforeTheOthersUpdate() {
        for (int i = 0; i < RENAMES; i++) {
            Library writer = i % 2 == 0 ? first : second;
            Library reader = i % 2 == 0 ? second : first;
            String title = "Title " + i;

            writer.rename(BOOK, title);

            Book read = withStatements(reader, 0, () -> Objects.requireNonNull(reader.book(BOOK)));
            assertThat(read.title()).isEqualTo(title);
        }
    }

    @Test
    void readersAtTheSameTimeNeverGoBackBehindACommit() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> here = readers.submit(() -> readAll(first, committed, over));
            Future<Integer> there = readers.submit(() -> readAll(second, committed, over));
            for (int i = 1; i <= RENAMES; i++) {
                first.rename(BOOK, "Title " + i);
                committed.set(i);
            }
            over.set(true);

            assertThat(here.get()).isPositive();
            assertThat(there.get()).isPositive();
        } finally {
            over.set(true);
            readers.shutdownNow();
        }
        assertThat(Objects.requireNonNull(second.book(BOOK)).version()).isEqualTo(RENAMES);
    }

    private static int readAll(Library library, AtomicInteger committed, AtomicBoolean over) {
        int reads = 0;
        while (!over.get()) {
            int least = committed.get();
            assertThat(Objects.requireNonNull(library.book(BOOK)).version()).isGreaterThanOrEqualTo(least);
            reads++;
        }
        return reads;
    }

    @Test
    void evictionOnOneNodeSendsTheOtherToTheDatabase() {
        second.book(BOOK);
        first.sessions().getCache().evictEntityData(Book.class, BOOK);
        withStatements(second, 1, () -> second.book(BOOK));
        withStatements(first, 0, () -> first.book(BOOK));

        second.titles(AUTHOR);
        first.evictAll();
        withStatements(second, 1, () -> second.titles(AUTHOR));
    }

    private static <T> T withStatements(Library library, long statements, Supplier<T> call) {
        library.statistics().clear();
        T answer = call.get();
        assertThat(library.statistics().getPrepareStatementCount()).isEqualTo(statements);
        return answer;
    }
}
