package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;

/** What a ring over sockets lets in, by configuration alone (SECURITY R1). */
@Timeout(120)
final class AllowedClassesTest {

    private static final String ALLOW = "hypercache.codec.java.allow";

    private final SocketManagers managers = new SocketManagers();

    @AfterEach
    void close() {
        managers.close();
    }

    record Book(String title, int year) implements Serializable {}

    /** Neither a record nor a bean of the JDK, so Java-serialized. */
    static final class Shelf implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String place;

        Shelf(String place) {
            this.place = place;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shelf shelf && shelf.place.equals(place);
        }

        @Override
        public int hashCode() {
            return place.hashCode();
        }
    }

    private <V> Cache<Object, V> cache(MutableConfiguration<Object, V> configuration, String... settings)
            throws IOException {
        List<String> seeds = SocketManagers.addresses(1);
        return managers.manager(seeds.get(0), seeds, settings).createCache("books", configuration);
    }

    @Test
    void valueOfAClassThatIsNotAllowedIsRefusedWithTheLineThatAllowsIt() throws IOException {
        Cache<Object, Object> books = cache(new MutableConfiguration<>());

        for (Object value : new Object[] {new Book("Moby-Dick", 1851), new Shelf("attic"), new Shelf[0]}) {
            String name = value instanceof Book ? Book.class.getName() : Shelf.class.getName();
            assertThatThrownBy(() -> books.put("k", value))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("'books'", ALLOW + "=" + name + ",", "setTypes");
        }
        assertThatThrownBy(() -> books.put(new Book("Moby-Dick", 1851), "v"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(ALLOW + "=" + Book.class.getName());
        assertThat(books.containsKey("k")).isFalse();
    }

    @Test
    void lineThatTheRefusalNamesAllowsTheClass() throws IOException {
        String allowed = Book.class.getName() + "," + Shelf.class.getName();
        Cache<Object, Object> books = cache(new MutableConfiguration<>(), ALLOW, allowed);
        books.put(new Book("Moby-Dick", 1851), new Shelf("attic"));
        books.put("book", new Book("Faust", 1808));

        assertThat(books.get(new Book("Moby-Dick", 1851))).isEqualTo(new Shelf("attic"));
        assertThat(books.get("book")).isEqualTo(new Book("Faust", 1808));
    }

    @Test
    void typesOfTheCacheAndWhatSpringStoresNeedNoLine() throws IOException {
        Cache<Object, Shelf> shelves =
                cache(new MutableConfiguration<Object, Shelf>().setTypes(Object.class, Shelf.class));
        shelves.put(new SimpleKey("a", 1), new Shelf("attic"));
        assertThat(shelves.get(new SimpleKey("a", 1))).isEqualTo(new Shelf("attic"));

        Cache<Object, Object> nothing = cache(new MutableConfiguration<>());
        nothing.put(SimpleKey.EMPTY, NullValue.INSTANCE);
        assertThat(nothing.get(SimpleKey.EMPTY)).isSameAs(NullValue.INSTANCE);
    }
}
