package dev.hypercache.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.runtime.Crew;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AsyncDeliveryTest {

    private static final int FULL = Lane.DELIVERIES_MAX;
    private static final long IMPATIENT_MILLIS = 10;
    private static final long PATIENT_MILLIS = 60_000;

    private static final long PATIENCE_ENDS_NANOS = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENT_MILLIS);

    private final Crew crew = new Crew();
    private final CountDownLatch wakeUp = new CountDownLatch(1);

    @AfterEach
    void stop() {
        wakeUp.countDown();
        crew.close();
    }

    @Test
    void deliveriesOfAKeyKeepTheirOrder() {
        AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
        Map<Integer, List<Integer>> seen = new ConcurrentHashMap<>();
        crew.together(4, thread -> {
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                assertThat(delivery.submit(
                                thread,
                                () -> seen.computeIfAbsent(thread, key -> new ArrayList<>())
                                        .add(number)))
                        .isTrue();
            }
        });
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(seen).hasSize(4);
        assertThat(seen.values())
                .allSatisfy(numbers -> assertThat(numbers).hasSize(5_000).isSorted());
    }

    @Test
    void hungListenerHoldsUpItsOwnLaneOnly() {
        AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
        delivery.submit(0, this::hang);
        CountDownLatch delivered = new CountDownLatch(1);
        delivery.submit(1, delivered::countDown);
        crew.together(1, thread -> Crew.pass(delivered));
        wakeUp.countDown();
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(delivered.getCount()).isZero();
    }

    @Test
    void eventForAFullLaneIsDroppedAfterTheTimeout() {
        AsyncDelivery delivery = delivery("cache", IMPATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        fill(delivery, delivered);
        assertThat(delivery.backlog()).isEqualTo(FULL);
        assertThat(delivery.submit(0, delivered::incrementAndGet)).isFalse();
        assertThat(delivery.submit(1, delivered::incrementAndGet))
                .as("another lane")
                .isTrue();
        wakeUp.countDown();
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(delivered).hasValue(FULL + 1);
        assertThat(delivery.backlog()).isZero();
    }

    @Test
    void callerOfAFullLaneGoesOnWhenThereIsRoom() {
        AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        fill(delivery, delivered);
        List<Future<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(crew.start(() -> delivery.submit(0, delivered::incrementAndGet)));
        }
        wakeUp.countDown();
        for (Future<Boolean> waiter : waiting) {
            assertThat(Crew.join(waiter)).isTrue();
        }
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(delivered).hasValue(FULL + 4);
    }

    @Test
    void callersOfACrowdedLaneNeverFail() {
        AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        fill(delivery, delivered);
        wakeUp.countDown();
        crew.together(6, thread -> {
            for (int i = 0; i < 10_000; i++) {
                assertThat(delivery.submit(0, delivered::incrementAndGet)).isTrue();
            }
        });
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(delivered).hasValue(FULL + 60_000);
    }

    @Test
    void listenerThatFillsItsOwnLaneDoesNotWaitForItself() throws Exception {
        AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
        List<Boolean> accepted = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        delivery.submit(0, () -> {
            for (int i = 0; i <= FULL; i++) {
                accepted.add(delivery.submit(0, () -> {}));
            }
            done.countDown();
        });
        Crew.pass(done);
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(accepted.subList(0, FULL)).containsOnly(true);
        assertThat(accepted.get(FULL)).isFalse();
    }

    @Test
    void closeDeliversWhatWaitsEndsTheThreadsAndTakesNothingNew() {
        AsyncDelivery delivery = delivery("closing", PATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        for (int key = 0; key < 1_000; key++) {
            delivery.submit(key, delivered::incrementAndGet);
        }
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(delivered).hasValue(1_000);
        assertThat(delivery.submit(0, delivered::incrementAndGet)).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("hypercache-listener-closing"));
    }

    @Test
    void callersThatRaceWithCloseNeverFail() {
        for (int round = 0; round < 50; round++) {
            AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
            crew.together(3, thread -> {
                if (thread == 0) {
                    delivery.close(PATIENCE_ENDS_NANOS);
                    return;
                }
                for (int i = 0; i < 200; i++) {
                    delivery.submit(i, () -> {});
                }
            });
        }
        assertThat(wakeUp.getCount()).isEqualTo(1);
    }

    @Test
    void noThreadIsStartedBeforeTheFirstEvent() {
        AsyncDelivery delivery = delivery("unused", PATIENT_MILLIS);
        delivery.close(PATIENCE_ENDS_NANOS);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("hypercache-listener-unused"));
    }

    @Test
    void closeHasOneDeadlineForAllLanesAndCountsWhatItDrops() {
        AsyncDelivery delivery = delivery("cache", PATIENT_MILLIS);
        CountDownLatch hanging = new CountDownLatch(4);
        for (int key = 0; key < 4; key++) {
            delivery.submit(key, () -> {
                hanging.countDown();
                hang();
            });
        }
        crew.together(1, thread -> Crew.pass(hanging));
        for (int key = 0; key < 4; key++) {
            delivery.submit(key, () -> {});
        }
        assertThat(delivery.close(System.nanoTime())).isEqualTo(4);
    }

    private static AsyncDelivery delivery(String cacheName, long timeoutMillis) {
        WeakReference<ClassLoader> loader = new WeakReference<>(AsyncDeliveryTest.class.getClassLoader());
        return new AsyncDelivery("hypercache-listener-" + cacheName, 4, loader, timeoutMillis);
    }

    /** One delivery hangs, and the lane behind it is full. */
    private void fill(AsyncDelivery delivery, AtomicInteger delivered) {
        CountDownLatch hanging = new CountDownLatch(1);
        delivery.submit(0, () -> {
            hanging.countDown();
            hang();
        });
        crew.together(1, thread -> Crew.pass(hanging));
        for (int i = 0; i < FULL; i++) {
            assertThat(delivery.submit(0, delivered::incrementAndGet)).isTrue();
        }
    }

    private void hang() {
        try {
            Crew.pass(wakeUp);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
