package dev.hypercache.examples.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.jspecify.annotations.Nullable;

/** A book of an author. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Book {
    @Id
    private long id;

    @Version
    private int version;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Author author;

    private String title = "";

    private @Nullable LocalDate published;

    private @Nullable BigDecimal price;

    @Enumerated(EnumType.STRING)
    private Binding binding = Binding.HARDCOVER;

    /** For Hibernate. */
    protected Book() {}

    Book(long id, Author author, String title, LocalDate published, BigDecimal price) {
        this.id = id;
        this.author = author;
        this.title = title;
        this.published = published;
        this.price = price;
    }

    /** What tells it from others. */
    public long id() {
        return id;
    }

    /** How often its row was changed. */
    public int version() {
        return version;
    }

    /** Who wrote it. */
    public @Nullable Author author() {
        return author;
    }

    /** Its title. */
    public String title() {
        return title;
    }

    /** Gives it another title. */
    public void rename(String newTitle) {
        title = newTitle;
    }

    /** When it came out. */
    public @Nullable LocalDate published() {
        return published;
    }

    /** What it costs. */
    public @Nullable BigDecimal price() {
        return price;
    }

    /** How it is bound. */
    public Binding binding() {
        return binding;
    }
}
