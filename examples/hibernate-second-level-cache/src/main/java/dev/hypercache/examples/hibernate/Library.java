package dev.hypercache.examples.hibernate;

import java.nio.file.Path;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;

/** What an application does with its books. Its caches are on the ring whose node it starts. */
public final class Library implements AutoCloseable {
    private final SessionFactory sessions;

    private Library(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Starts Hibernate and with its first cache the node; waits until the ring has formed.
     *
     * @param database the URL of the database
     * @param node the file that says what node it is
     */
    public static Library open(String database, Path node) {
        return new Library(new Configuration()
                .addAnnotatedClass(Author.class)
                .addAnnotatedClass(Book.class)
                .setProperty("jakarta.persistence.jdbc.url", database)
                .setProperty("hibernate.javax.cache.uri", node.toUri().toString())
                .buildSessionFactory());
    }

    /** Makes the tables, empty. */
    public void createTables() {
        sessions.getSchemaManager().exportMappedObjects(false);
    }

    /** Stores an author and her books. */
    public void add(Author author) {
        sessions.inTransaction(session -> session.persist(author));
    }

    /** An author with her books, or null. */
    public @Nullable Author author(long id) {
        return sessions.fromTransaction(session -> {
            Author author = session.find(Author.class, id);
            if (author != null) {
                author.books().forEach(Book::title);
            }
            return author;
        });
    }

    /** A book, or null. */
    public @Nullable Book book(long id) {
        return sessions.fromTransaction(session -> session.find(Book.class, id));
    }

    /** The titles of the books of an author: a query whose result is cached. */
    public List<String> titles(long author) {
        return sessions.fromTransaction(session -> session.createSelectionQuery(
                        "select title from Book where author.id = :author order by title", String.class)
                .setParameter("author", author)
                .setCacheable(true)
                .getResultList());
    }

    /** Gives a book another title. */
    public void rename(long book, String title) {
        sessions.inTransaction(session -> {
            Book found = session.find(Book.class, book);
            if (found == null) {
                throw new IllegalArgumentException("There is no book " + book + ".");
            }
            found.rename(title);
        });
    }

    /** Lets go of everything that is cached, on all nodes. */
    public void evictAll() {
        sessions.getCache().evictAllRegions();
    }

    /** What Hibernate counted here. */
    public Statistics statistics() {
        return sessions.getStatistics();
    }

    SessionFactory sessions() {
        return sessions;
    }

    /** Stops Hibernate; the node leaves the ring. */
    @Override
    public void close() {
        sessions.close();
    }
}
