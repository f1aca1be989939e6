package dev.hypercache.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.runtime.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeyQueueTest {

    private static final long PATIENT_MILLIS = 60_000;

    private final Crew crew = new Crew();
    private final KeyQueue<String, String> queue = new KeyQueue<>();
    private final List<PendingEvent<String, String>> delivered = new ArrayList<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch wakeUp = new CountDownLatch(1);

    @AfterEach
    void stop() {
        wakeUp.countDown();
        crew.close();
    }

    @Test
    void eventsBeforeOnesOwnAreDeliveredFirstAndLaterOnesLeftToTheirThreads() {
        PendingEvent<String, String> first = add();
        PendingEvent<String, String> second = add();
        PendingEvent<String, String> third = add();
        assertThat(queue.deliverUpTo(second, delivered::add, PATIENT_MILLIS)).isEqualTo(KeyQueue.Wait.DELIVERED);
        assertThat(delivered).containsExactly(first, second);
        assertThat(queue.isIdle()).isFalse();
        assertThat(queue.deliverUpTo(third, delivered::add, PATIENT_MILLIS)).isEqualTo(KeyQueue.Wait.DELIVERED);
        assertThat(queue.deliverUpTo(first, delivered::add, PATIENT_MILLIS)).isEqualTo(KeyQueue.Wait.DELIVERED);
        assertThat(delivered).containsExactly(first, second, third);
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void manyThreadsDeliverInTheOrderOfTheChanges() {
        List<PendingEvent<String, String>> added = new ArrayList<>();
        crew.together(4, thread -> {
            for (int i = 0; i < 3_000; i++) {
                PendingEvent<String, String> mine = event();
                synchronized (added) { // As the slot's guard does: the order of changes is that of additions.
                    added.add(mine);
                    queue.add(mine);
                }
                assertThat(queue.deliverUpTo(mine, delivered::add, PATIENT_MILLIS))
                        .isEqualTo(KeyQueue.Wait.DELIVERED);
                assertThat(mine.delivered).isTrue();
            }
        });
        assertThat(delivered).isEqualTo(added);
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void eventWhoseThreadGaveUpIsDeliveredByTheOneThatKeptItWaiting() throws Exception {
        PendingEvent<String, String> slow = add();
        Future<KeyQueue.Wait> delivering = crew.start(() -> queue.deliverUpTo(slow, hangingOnce(), PATIENT_MILLIS));
        Crew.pass(listening);
        PendingEvent<String, String> late = add();
        assertThat(queue.deliverUpTo(late, delivered::add, 10)).isEqualTo(KeyQueue.Wait.TIMED_OUT);
        assertThat(delivered).isEmpty();
        wakeUp.countDown();
        assertThat(Crew.join(delivering)).isEqualTo(KeyQueue.Wait.DELIVERED);
        assertThat(delivered).containsExactly(slow, late);
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void interruptedThreadLeavesItsEventAndStaysInterrupted() throws Exception {
        PendingEvent<String, String> slow = add();
        Future<KeyQueue.Wait> delivering = crew.start(() -> queue.deliverUpTo(slow, hangingOnce(), PATIENT_MILLIS));
        Crew.pass(listening);
        PendingEvent<String, String> mine = add();
        Thread.currentThread().interrupt();
        KeyQueue.Wait answered = queue.deliverUpTo(mine, delivered::add, PATIENT_MILLIS);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answered).isEqualTo(KeyQueue.Wait.INTERRUPTED);
        wakeUp.countDown();
        Crew.join(delivering);
        assertThat(delivered).containsExactly(slow, mine);
    }

    @Test
    void noAbandonedEventStaysBehind() {
        for (int round = 0; round < 2_000; round++) {
            PendingEvent<String, String> first = add();
            PendingEvent<String, String> second = add();
            crew.together(2, thread -> {
                if (thread == 0) {
                    queue.deliverUpTo(first, delivered::add, PATIENT_MILLIS);
                } else {
                    queue.deliverUpTo(second, delivered::add, 0);
                }
            });
            assertThat(queue.isIdle()).as("round " + round).isTrue();
        }
    }

    @Test
    void deliveryThatFailsBlocksNobody() {
        PendingEvent<String, String> failing = add();
        PendingEvent<String, String> next = add();
        AssertionError failure = new AssertionError("listener");
        try {
            queue.deliverUpTo(
                    failing,
                    event -> {
                        throw failure;
                    },
                    PATIENT_MILLIS);
        } catch (AssertionError e) {
            assertThat(e).isSameAs(failure);
        }
        assertThat(queue.deliverUpTo(next, delivered::add, PATIENT_MILLIS)).isEqualTo(KeyQueue.Wait.DELIVERED);
        assertThat(delivered).containsExactly(next);
    }

    private Consumer<PendingEvent<String, String>> hangingOnce() {
        return event -> {
            listening.countDown();
            try {
                Crew.pass(wakeUp);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            delivered.add(event);
        };
    }

    private PendingEvent<String, String> add() {
        PendingEvent<String, String> event = event();
        queue.add(event);
        return event;
    }

    private static PendingEvent<String, String> event() {
        return new PendingEvent<>("k", EventType.UPDATED, null, null, List.of());
    }
}
