package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.core.message.ReleaseHold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;

/** How many requests {@code invokeAll} costs. */
abstract class ProcessorBulkRules extends BulkCounts {

    @Test
    void processorsOfManyEntriesAreOneLookAndOneChangePerNode() {
        Cache<String, String> cache = create(plain());
        await().untilAsserted(() -> {
            taken();
            assertThat(cache.invokeAll(books().keySet(), (entry, arguments) -> {
                        entry.setValue(entry.getValue() + " revised");
                        return entry.getKey();
                    }))
                    .hasSize(BOOKS);
            List<Sent> sent = taken();
            assertFew(frames(sent, BulkCounts::isRead), "looks");
            assertFew(frames(sent, BulkCounts::isChange), "changes");
        });
        assertThat(cache.get("book1")).startsWith("text1 revised");
        assertThat(cache.<String>invokeAll(Set.of("book1", "none"), (entry, arguments) -> {
                    if (!entry.exists()) {
                        entry.setValue("made");
                        return "made";
                    }
                    throw new IllegalStateException("fails");
                }))
                .hasEntrySatisfying("none", made -> assertThat(made.get()).isEqualTo("made"))
                .hasEntrySatisfying(
                        "book1", failed -> assertThatThrownBy(failed::get).isInstanceOf(EntryProcessorException.class));
        assertThat(cache.get("none")).isEqualTo("made");
    }

    /** Each step of {@code invokeAll} where no entry is, or where user code takes part. */
    private void assertFewForEachStep() {
        List<Sent> sent = taken();
        assertFew(frames(sent, this::isNewHold), "holds");
        assertThat(frames(sent, BulkCounts::isRead))
                .as("looks, before and under the holds")
                .isBetween(1L, 6L);
        assertFew(frames(sent, BulkCounts::isChange), "changes");
        assertFew(frames(sent, ReleaseHold.class::isInstance), "releases");
    }

    private static Map<String, String> made(Map<String, String> books, String text) {
        Map<String, String> made = new HashMap<>(books);
        made.replaceAll((key, old) -> text);
        return made;
    }

    @Test
    void processorsOfAbsentEntriesAreOneRequestPerNodeForEachStep() {
        Cache<String, String> cache = create(plain());
        await().untilAsserted(() -> {
            cache.removeAll(books().keySet());
            taken();
            assertThat(cache.<Boolean>invokeAll(books().keySet(), (entry, arguments) -> {
                        boolean existed = entry.exists();
                        entry.setValue("made");
                        return existed;
                    }))
                    .hasSize(BOOKS)
                    .allSatisfy((key, existed) -> assertThat(existed.get()).isFalse());
            assertFewForEachStep();
        });
        assertThat(cache.getAll(books().keySet())).isEqualTo(made(books(), "made"));
    }

    @Test
    void processorsOfACacheWithALoaderAreOneRequestPerNodeForEachStep() {
        BookStore store = new BookStore();
        store.written.putAll(books());
        MutableConfiguration<String, String> loading =
                plain().setReadThrough(true).setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(store));
        Cache<String, String> cache = caller().createCache("books", loading);
        await().untilAsserted(() -> {
            cache.removeAll(books().keySet());
            taken();
            assertThat(cache.<String>invokeAll(books().keySet(), (entry, arguments) -> entry.getValue()))
                    .hasSize(BOOKS)
                    .allSatisfy((key, text) -> assertThat(text.get()).isEqualTo(books().get(key)));
            assertFewForEachStep();
        });
        assertThat(other().createCache("books", loading).getAll(books().keySet()))
                .isEqualTo(books());
    }

    @Test
    void processorsOfACacheWithAPolicyToAskAskItOnceForEach() {
        CountingPolicy policy = new CountingPolicy();
        Cache<String, String> cache =
                create(plain().setExpiryPolicyFactory(new FactoryBuilder.SingletonFactory<>(policy)));
        await().untilAsserted(() -> {
            taken();
            policy.accesses = 0;
            assertThat(cache.<String>invokeAll(books().keySet(), (entry, arguments) -> entry.getValue()))
                    .hasSize(BOOKS);
            assertThat(policy.accesses).isEqualTo(BOOKS);
            assertThat(frames(taken(), this::isNewHold)).isBetween(1L, 3L);
        });
    }
}
