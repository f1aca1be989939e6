package dev.hypercache.spi.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EntryStore} must do when one thread uses it. Extend it and say how to make a store; extend {@link
 * EntryStoreConcurrencyContract} too.
 */
public abstract class EntryStoreContract {

    /** A new, empty store of the kind under test. */
    protected abstract EntryStore<Object> create();

    @Test
    void newStoreHoldsNothing() {
        EntryStore<Object> store = create();

        assertThat(store.size()).isZero();
        assertThat(store.get(StoreKey.of(1))).isNull();
        assertThat(store.cursor().advance()).isFalse();
    }

    @Test
    void getReturnsTheVeryRecordThatWasPut() {
        EntryStore<Object> store = create();
        Object record = new Object();

        store.put(StoreKey.of(1), record);

        assertThat(store.get(StoreKey.of(1))).isSameAs(record);
        assertThat(store.size()).isOne();
    }

    @Test
    void keysAreTheSameWhenTheyAreEqual() {
        EntryStore<Object> store = create();

        store.put(StoreKey.of(1), "first");
        store.put(StoreKey.of(1), "second");

        assertThat(store.get(StoreKey.of(1))).isEqualTo("second");
        assertThat(store.size()).isOne();
    }

    @Test
    void keysWithOneHashAreToldApart() {
        EntryStore<Object> store = create();

        IntStream.range(0, 200).forEach(id -> store.put(StoreKey.colliding(id), id));
        IntStream.range(0, 100).forEach(id -> store.remove(StoreKey.colliding(id * 2)));

        assertThat(store.size()).isEqualTo(100);
        for (int id = 0; id < 200; id++) {
            assertThat(store.get(StoreKey.colliding(id))).isEqualTo(id % 2 == 0 ? null : Integer.valueOf(id));
        }
    }

    @Test
    void removedKeyIsGone() {
        EntryStore<Object> store = create();
        store.put(StoreKey.of(1), "one");
        store.put(StoreKey.of(2), "two");

        store.remove(StoreKey.of(1));

        assertThat(store.get(StoreKey.of(1))).isNull();
        assertThat(store.get(StoreKey.of(2))).isEqualTo("two");
        assertThat(store.size()).isOne();
    }

    @Test
    void removingAnUnknownKeyChangesNothing() {
        EntryStore<Object> store = create();
        store.put(StoreKey.of(1), "one");

        store.remove(StoreKey.of(2));

        assertThat(store.size()).isOne();
        assertThat(store.get(StoreKey.of(1))).isEqualTo("one");
    }

    @Test
    void clearedStoreIsEmptyAndUsable() {
        EntryStore<Object> store = create();
        IntStream.range(0, 100).forEach(id -> store.put(StoreKey.of(id), id));

        store.clear();

        assertThat(store.size()).isZero();
        assertThat(store.get(StoreKey.of(7))).isNull();
        assertThat(store.cursor().advance()).isFalse();
        store.put(StoreKey.of(7), "again");
        assertThat(store.get(StoreKey.of(7))).isEqualTo("again");
    }

    @Test
    void storesOfOneKindAreIndependent() {
        EntryStore<Object> one = create();
        EntryStore<Object> other = create();

        one.put(StoreKey.of(1), "one");

        assertThat(other.get(StoreKey.of(1))).isNull();
        assertThat(other.size()).isZero();
    }

    @Test
    void recordsAreNeverAskedAnything() {
        EntryStore<Object> store = create();
        Object touchy = new TouchyRecord();

        store.put(StoreKey.of(1), touchy);
        store.put(StoreKey.of(1), new TouchyRecord());
        store.put(StoreKey.of(1), touchy);

        assertThat(store.get(StoreKey.of(1)) == touchy).isTrue();
        EntryCursor<Object> cursor = store.cursor();
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.record() == touchy).isTrue();
        store.remove(StoreKey.of(1));
        assertThat(store.size()).isZero();
    }

    @Test
    void nullsAreRefused() {
        EntryStore<Object> store = create();

        assertThatNullPointerException().isThrownBy(() -> store.get(StoreKey.none()));
        assertThatNullPointerException().isThrownBy(() -> store.put(StoreKey.none(), "record"));
        assertThatNullPointerException().isThrownBy(() -> store.put(StoreKey.of(1), StoreKey.none()));
        assertThatNullPointerException().isThrownBy(() -> store.remove(StoreKey.none()));
        assertThat(store.size()).isZero();
    }

    @Test
    void cursorMeetsEachEntryOnceWithItsHandleAndRecord() {
        EntryStore<Object> store = create();
        Map<Object, Object> expected = new HashMap<>();
        for (int id = 0; id < 1_000; id++) {
            store.put(StoreKey.of(id), id);
            expected.put(StoreKey.of(id), id);
        }

        Map<Object, Object> met = new HashMap<>();
        EntryCursor<Object> cursor = store.cursor();
        while (cursor.advance()) {
            assertThat(met.put(cursor.key(), cursor.record())).isNull();
        }

        assertThat(met).isEqualTo(expected);
    }

    @Test
    void cursorOutsideAnEntryRefusesToAnswer() {
        EntryStore<Object> store = create();
        store.put(StoreKey.of(1), "one");
        EntryCursor<Object> cursor = store.cursor();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(cursor::key);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(cursor::record);
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.key()).isEqualTo(StoreKey.of(1));
        assertThat(cursor.advance()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(cursor::key);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(cursor::record);
        store.put(StoreKey.of(2), "two");
        assertThat(cursor.advance()).isFalse();
    }

    @Test
    void cursorKeepsItsEntryWhileTheStoreMovesOn() {
        EntryStore<Object> store = create();
        store.put(StoreKey.of(1), "one");
        EntryCursor<Object> cursor = store.cursor();
        assertThat(cursor.advance()).isTrue();
        Object record = cursor.record();

        store.put(StoreKey.of(1), "newer");
        store.remove(StoreKey.of(1));

        assertThat(cursor.key()).isEqualTo(StoreKey.of(1));
        assertThat(cursor.record()).isSameAs(record);
        assertThat(cursor.advance()).isFalse();
    }

    @Test
    void cursorsDoNotDisturbEachOther() {
        EntryStore<Object> store = create();
        IntStream.range(0, 50).forEach(id -> store.put(StoreKey.of(id), id));

        EntryCursor<Object> one = store.cursor();
        EntryCursor<Object> other = store.cursor();
        Set<Object> metByOne = new HashSet<>();
        Set<Object> metByOther = new HashSet<>();
        while (one.advance()) {
            metByOne.add(one.key());
            if (other.advance()) {
                metByOther.add(other.key());
            }
        }

        assertThat(metByOne).hasSize(50);
        assertThat(metByOther).hasSize(50);
    }

    @Test
    void survivorsAreMetExactlyOnceWhileEverythingElseChanges() {
        for (int seed = 0; seed < 100; seed++) {
            walkUnderChange(seed);
        }
    }

    private void walkUnderChange(int seed) {
        Random random = new Random(seed);
        EntryStore<Object> store = create();
        int survivors = 1 + random.nextInt(60);
        List<StoreKey> kept = new ArrayList<>();
        for (int id = 0; id < survivors; id++) {
            StoreKey key = random.nextBoolean() ? StoreKey.of(id) : StoreKey.colliding(id);
            kept.add(key);
            store.put(key, id);
            store.put(StoreKey.of(10_000 + id), "doomed");
        }

        Map<Object, Integer> timesMet = new HashMap<>();
        EntryCursor<Object> cursor = store.cursor();
        int steps = 0;
        while (steps < 2_000 && cursor.advance()) {
            timesMet.merge(cursor.key(), 1, Integer::sum);
            store.put(kept.get(random.nextInt(survivors)), "rewritten at step " + steps);
            store.remove(StoreKey.of(10_000 + random.nextInt(survivors)));
            if (steps < 500) {
                store.put(StoreKey.of(20_000 + steps), "new");
            }
            steps++;
        }

        assertThat(steps).as("seed %d: the walk ends", seed).isLessThan(2_000);
        for (StoreKey key : kept) {
            assertThat(timesMet.get(key)).as("seed %d: %s", seed, key).isEqualTo(1);
        }
        assertThat(timesMet.values()).as("seed %d: no key twice", seed).containsOnly(1);
    }

    @Test
    void behavesLikeAMapUnderRandomOperations() {
        for (int seed = 0; seed < 50; seed++) {
            playAgainstMap(seed);
        }
    }

    private void playAgainstMap(int seed) {
        Random random = new Random(seed);
        EntryStore<Object> store = create();
        Map<Object, Object> model = new HashMap<>();
        for (int step = 0; step < 1_000; step++) {
            StoreKey key =
                    random.nextInt(3) == 0 ? StoreKey.colliding(random.nextInt(20)) : StoreKey.of(random.nextInt(60));
            int choice = random.nextInt(100);
            if (choice < 55) {
                store.put(key, step);
                model.put(key, step);
            } else if (choice < 99) {
                store.remove(key);
                model.remove(key);
            } else {
                store.clear();
                model.clear();
            }
            assertThat(store.get(key)).as("seed %d, step %d", seed, step).isEqualTo(model.get(key));
            assertThat(store.size()).as("seed %d, step %d", seed, step).isEqualTo(model.size());
        }
        Map<Object, Object> walked = new HashMap<>();
        EntryCursor<Object> cursor = store.cursor();
        while (cursor.advance()) {
            walked.put(cursor.key(), cursor.record());
        }
        assertThat(walked).as("seed %d", seed).isEqualTo(model);
    }

    /** Fails whoever calls one of its methods: a store holds records and asks them nothing. */
    private static final class TouchyRecord {

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("the store compared records");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("the store hashed a record");
        }

        @Override
        public String toString() {
            throw new AssertionError("the store printed a record");
        }
    }
}
