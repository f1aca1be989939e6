package dev.hypercache.examples.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Somebody who wrote books. She and the collection of her books are cached. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Author {
    @Id
    private long id;

    @Version
    private int version;

    private String name = "";

    @OneToMany(mappedBy = "author", cascade = CascadeType.PERSIST)
    @OrderBy("id")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<Book> books = new ArrayList<>();

    /** For Hibernate. */
    protected Author() {}

    /** An author without books. */
    public Author(long id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Adds a book, which is stored with its author. */
    public Author wrote(long bookId, String title, LocalDate published, BigDecimal price) {
        books.add(new Book(bookId, this, title, published, price));
        return this;
    }

    /** What tells her from others. */
    public long id() {
        return id;
    }

    /** How often her row was changed. */
    public int version() {
        return version;
    }

    /** Her name. */
    public String name() {
        return name;
    }

    /** Her books in the order of their identifiers. */
    public List<Book> books() {
        return books;
    }
}
