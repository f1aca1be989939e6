package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import org.junit.jupiter.api.Test;

/** Keys are looked at when the time of their record has come, and each about once. */
final class ExpiryIndexTest {

    private static final RecordKey BOOK = new RecordKey(1, "book");
    private static final RecordKey PAGE = new RecordKey(1, "page");

    private final ExpiryIndex index = new ExpiryIndex();
    private long sequence;

    private StoredRecord until(long expiresAtMillis) {
        return StoredRecord.value("v", 1, ++sequence, expiresAtMillis);
    }

    @Test
    void keyIsDueWithinOneStepAfterItsTime() {
        index.replace(BOOK, null, until(1_000));

        assertThat(index.takeDue(1_000, 10)).isEmpty();
        assertThat(index.takeDue(1_000 + ExpiryIndex.STEP_MILLIS, 10)).containsExactly(BOOK);
        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void recordsWithoutAnEndAreNotFiled() {
        index.replace(BOOK, null, until(StoredRecord.NEVER));
        index.replace(PAGE, until(5), null);

        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void laterEndFilesNothingAndEarlierEndDoes() {
        StoredRecord first = until(2_000);
        index.replace(BOOK, null, first);
        StoredRecord second = until(60_000);
        index.replace(BOOK, first, second);

        assertThat(index.takeDue(3_000, 10)).as("under its first time").containsExactly(BOOK);
        assertThat(index.isEmpty()).isTrue();

        index.file(BOOK, 60_000);
        index.replace(BOOK, second, until(10_000));

        assertThat(index.takeDue(11_000, 10)).as("under the earlier time").containsExactly(BOOK);
    }

    @Test
    void takesNoMoreThanAskedFor() {
        for (int i = 0; i < 100; i++) {
            index.replace(new RecordKey(1, i), null, until(i < 50 ? 100 : 900));
        }

        assertThat(index.takeDue(10_000, 30)).hasSize(30);
        assertThat(index.takeDue(10_000, 30)).hasSize(30);
        assertThat(index.takeDue(10_000, 0)).isEmpty();
        assertThat(index.takeDue(10_000, 300)).hasSize(40);
        assertThat(index.isEmpty()).isTrue();
    }
}
