package dev.hypercache.spi.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EntryStore} must do with one writer and many readers. The amount of work is fixed, never the time:
 * each test ends when its writer is through.
 */
public abstract class EntryStoreConcurrencyContract {

    private static final int READERS = 3;
    private static final int WRITES = 60_000;

    private ExecutorService threads;

    /** A new, empty store of the kind under test. */
    protected abstract EntryStore<Object> create();

    @BeforeEach
    void startThreads() {
        threads = Executors.newFixedThreadPool(READERS + 1);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void readersSeeWholeRecordsAndNeverGoBack() throws Exception {
        EntryStore<Object> store = create();
        int keys = 16;

        race(
                () -> {
                    for (int write = 1; write <= WRITES; write++) {
                        store.put(StoreKey.of(write % keys), new Pair(write));
                    }
                },
                done -> {
                    int[] newest = new int[keys];
                    Random random = new Random(keys);
                    while (!done.get()) {
                        int id = random.nextInt(keys);
                        if (store.get(StoreKey.of(id)) instanceof Pair pair) {
                            assertThat(pair.twice).isEqualTo(2 * pair.once);
                            assertThat(pair.once).isGreaterThanOrEqualTo(newest[id]);
                            newest[id] = pair.once;
                        }
                    }
                });
    }

    @Test
    void settledKeysStayReadableWhileTheStoreGrowsAndShrinks() throws Exception {
        EntryStore<Object> store = create();
        for (int id = 0; id < 64; id++) {
            store.put(StoreKey.of(id), id);
        }

        race(
                () -> {
                    for (int write = 0; write < WRITES; write++) {
                        store.put(StoreKey.of(1_000 + write), write);
                        if (write >= 5_000) {
                            store.remove(StoreKey.of(1_000 + write - 5_000));
                        }
                    }
                },
                done -> {
                    for (int id = 0; !done.get(); id = (id + 1) % 64) {
                        assertThat(store.get(StoreKey.of(id))).isEqualTo(id);
                        assertThat(store.size()).isBetween(64, 64 + 5_001);
                    }
                });

        assertThat(store.size()).isEqualTo(64 + 5_000);
    }

    @Test
    void cursorsMeetSurvivorsOnceWhileAnotherThreadWrites() throws Exception {
        EntryStore<Object> store = create();
        int survivors = 500;
        for (int id = 0; id < survivors; id++) {
            store.put(id % 5 == 0 ? StoreKey.colliding(id) : StoreKey.of(id), id);
        }
        AtomicInteger walks = new AtomicInteger();

        race(
                () -> {
                    for (int write = 0; write < WRITES; write++) {
                        int id = write % survivors;
                        store.put(id % 5 == 0 ? StoreKey.colliding(id) : StoreKey.of(id), id);
                        // Each passing key comes and goes once, so that no walk may meet it twice.
                        store.put(StoreKey.of(1_000 + write), -1);
                        if (write >= 300) {
                            store.remove(StoreKey.of(1_000 + write - 300));
                        }
                    }
                },
                done -> {
                    do {
                        assertSurvivorsMetOnce(store, survivors);
                        walks.incrementAndGet();
                    } while (!done.get());
                });

        assertThat(walks).hasValueGreaterThanOrEqualTo(READERS);
    }

    @Test
    void writerBehindAnotherWriterSeesItsWrites() throws Exception {
        EntryStore<Object> store = create();
        Object slotLock = new Object();
        int perWriter = 2_000;
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < READERS; writer++) {
            writers.add(threads.submit(() -> {
                for (int write = 0; write < perWriter; write++) {
                    synchronized (slotLock) {
                        int before = store.get(StoreKey.of(0)) instanceof Integer count ? count : 0;
                        store.put(StoreKey.of(0), before + 1);
                    }
                }
            }));
        }
        for (Future<?> writer : writers) {
            finish(writer);
        }

        assertThat(store.get(StoreKey.of(0))).isEqualTo(READERS * perWriter);
        assertThat(store.size()).isOne();
    }

    @Test
    void clearUnderReadersLeavesNothingBehind() throws Exception {
        EntryStore<Object> store = create();

        race(
                () -> {
                    for (int round = 0; round < 300; round++) {
                        for (int id = 0; id < 100; id++) {
                            store.put(StoreKey.of(id), id);
                        }
                        store.clear();
                        assertThat(store.size()).isZero();
                        assertThat(store.cursor().advance()).isFalse();
                    }
                },
                done -> {
                    for (int id = 0; !done.get(); id = (id + 1) % 100) {
                        Object record = store.get(StoreKey.of(id));
                        assertThat(record == null || record.equals(id)).isTrue();
                        EntryCursor<Object> cursor = store.cursor();
                        while (cursor.advance()) {
                            assertThat(cursor.key()).isEqualTo(StoreKey.of((Integer) cursor.record()));
                        }
                    }
                });
    }

    private static void assertSurvivorsMetOnce(EntryStore<Object> store, int survivors) {
        Map<Object, Integer> timesMet = new HashMap<>();
        EntryCursor<Object> cursor = store.cursor();
        while (cursor.advance()) {
            timesMet.merge(cursor.key(), 1, Integer::sum);
        }
        for (int id = 0; id < survivors; id++) {
            StoreKey key = id % 5 == 0 ? StoreKey.colliding(id) : StoreKey.of(id);
            assertThat(timesMet.get(key)).as("%s", key).isEqualTo(1);
        }
        assertThat(timesMet.values()).containsOnly(1);
    }

    private void race(Runnable writer, Reader reader) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(READERS);
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit((Callable<Void>) () -> {
                running.countDown();
                reader.readUntil(done);
                return null;
            }));
        }
        assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();
        try {
            finish(threads.submit(writer));
        } finally {
            done.set(true);
        }
        for (Future<?> each : readers) {
            finish(each);
        }
    }

    private static void finish(Future<?> work) throws InterruptedException, TimeoutException {
        try {
            work.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
    }

    /** What a reader does until the writer is through. */
    private interface Reader {

        void readUntil(AtomicBoolean done);
    }

    /** Final fields whose relation shows a record that was published half built. */
    private static final class Pair {

        private final int once;
        private final int twice;

        Pair(int once) {
            this.once = once;
            this.twice = 2 * once;
        }
    }
}
