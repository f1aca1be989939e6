package dev.hypercache.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.runtime.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AsyncDeliveryTest {

    private static final int FULL = AsyncDelivery.LANE_EVENTS_MAX;
    private static final long IMPATIENT_MILLIS = 10;
    private static final long PATIENT_MILLIS = 60_000;

    private final Crew crew = new Crew();
    private final CountDownLatch wakeUp = new CountDownLatch(1);

    @AfterEach
    void stop() {
        wakeUp.countDown();
        crew.close();
    }

    @Test
    void deliveriesOfAKeyKeepTheirOrder() {
        AsyncDelivery delivery = new AsyncDelivery("cache", null, PATIENT_MILLIS);
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
        delivery.close();
        assertThat(seen).hasSize(4);
        assertThat(seen.values())
                .allSatisfy(numbers -> assertThat(numbers).hasSize(5_000).isSorted());
    }

    @Test
    void hungListenerHoldsUpItsOwnLaneOnly() {
        AsyncDelivery delivery = new AsyncDelivery("cache", null, PATIENT_MILLIS);
        delivery.submit(0, this::hang);
        CountDownLatch delivered = new CountDownLatch(1);
        delivery.submit(1, delivered::countDown);
        crew.together(1, thread -> Crew.pass(delivered));
        wakeUp.countDown();
        delivery.close();
        assertThat(delivered.getCount()).isZero();
    }

    @Test
    void eventForAFullLaneIsDroppedAfterTheTimeout() {
        AsyncDelivery delivery = new AsyncDelivery("cache", null, IMPATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        fill(delivery, delivered);
        assertThat(delivery.backlog()).isEqualTo(FULL);
        assertThat(delivery.submit(0, delivered::incrementAndGet)).isFalse();
        assertThat(delivery.submit(1, delivered::incrementAndGet))
                .as("another lane")
                .isTrue();
        wakeUp.countDown();
        delivery.close();
        assertThat(delivered).hasValue(FULL + 1);
        assertThat(delivery.backlog()).isZero();
    }

    @Test
    void callerOfAFullLaneGoesOnWhenThereIsRoom() {
        AsyncDelivery delivery = new AsyncDelivery("cache", null, PATIENT_MILLIS);
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
        delivery.close();
        assertThat(delivered).hasValue(FULL + 4);
    }

    @Test
    void callersOfACrowdedLaneNeverFail() {
        AsyncDelivery delivery = new AsyncDelivery("cache", null, PATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        fill(delivery, delivered);
        wakeUp.countDown();
        crew.together(6, thread -> {
            for (int i = 0; i < 10_000; i++) {
                assertThat(delivery.submit(0, delivered::incrementAndGet)).isTrue();
            }
        });
        delivery.close();
        assertThat(delivered).hasValue(FULL + 60_000);
    }

    @Test
    void listenerThatFillsItsOwnLaneDoesNotWaitForItself() throws Exception {
        AsyncDelivery delivery = new AsyncDelivery("cache", null, PATIENT_MILLIS);
        List<Boolean> accepted = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        delivery.submit(0, () -> {
            for (int i = 0; i <= FULL; i++) {
                accepted.add(delivery.submit(0, () -> {}));
            }
            done.countDown();
        });
        Crew.pass(done);
        delivery.close();
        assertThat(accepted.subList(0, FULL)).containsOnly(true);
        assertThat(accepted.get(FULL)).isFalse();
    }

    @Test
    void closeDeliversWhatWaitsEndsTheThreadsAndTakesNothingNew() {
        AsyncDelivery delivery = new AsyncDelivery("closing", null, PATIENT_MILLIS);
        AtomicInteger delivered = new AtomicInteger();
        for (int key = 0; key < 1_000; key++) {
            delivery.submit(key, delivered::incrementAndGet);
        }
        delivery.close();
        assertThat(delivered).hasValue(1_000);
        assertThat(delivery.submit(0, delivered::incrementAndGet)).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("hypercache-listener-closing"));
    }

    @Test
    void callersThatRaceWithCloseNeverFail() {
        for (int round = 0; round < 50; round++) {
            AsyncDelivery delivery = new AsyncDelivery("cache", null, PATIENT_MILLIS);
            crew.together(3, thread -> {
                if (thread == 0) {
                    delivery.close();
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
        AsyncDelivery delivery = new AsyncDelivery("unused", null, PATIENT_MILLIS);
        delivery.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("hypercache-listener-unused"));
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
