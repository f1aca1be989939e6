package dev.hypercache.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.membership.MemberAdvice;
import dev.hypercache.spi.membership.MemberHealth;
import dev.hypercache.spi.membership.ToldAdvice;
import dev.hypercache.telemetry.NodeLog;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How advice reaches the listener from many threads. */
final class AdviceBoardTest {

    private static final NodeId ONE = new NodeId("one", new Incarnation(1));
    private static final NodeId OTHER = new NodeId("other", new Incarnation(1));

    private final AdviceBoard board = new AdviceBoard(NodeLog.of(AdviceBoardTest.class, "test"));

    private static MemberAdvice advice(NodeId member, int observers) {
        return new MemberAdvice(member, MemberHealth.SUSPECT, observers);
    }

    @Test
    void newestAdviceOfEachMemberIsTold() {
        ToldAdvice told = new ToldAdvice();
        board.start(told);
        board.put(advice(ONE, 1));
        board.put(advice(OTHER, 1));
        board.put(advice(ONE, 2));
        board.tellAll();
        board.tellAll();

        assertThat(told.all()).containsExactly(advice(OTHER, 1), advice(ONE, 2));
    }

    @Test
    void nothingIsToldOfThoseWhoAreGone() {
        ToldAdvice told = new ToldAdvice();
        board.start(told);
        board.put(advice(ONE, 1));
        board.put(advice(OTHER, 1));
        board.retain(Set.of(OTHER));
        board.tellAll();

        assertThat(told.all()).containsExactly(advice(OTHER, 1));
    }

    @Test
    void oneIsToldAtATimeInOrderAndTheLastOfAllIsTold() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger last = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        board.start(advice -> {
            boolean isOrdered = atOnce.incrementAndGet() == 1 && advice.observers() > last.get();
            wrong.addAndGet(isOrdered ? 0 : 1);
            last.set(advice.observers());
            atOnce.decrementAndGet();
        });
        AtomicInteger numbers = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<? extends Future<?>> putting = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> putMany(numbers)))
                    .toList();
            for (Future<?> one : putting) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(wrong).hasValue(0);
        assertThat(last).hasValue(numbers.get());
    }

    private void putMany(AtomicInteger numbers) {
        for (int i = 0; i < 2_000; i++) {
            synchronized (numbers) {
                board.put(advice(ONE, numbers.incrementAndGet()));
            }
            board.tellAll();
        }
    }

    @Test
    void closingWaitsForTheCallThatIsUnderWay() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        board.start(advice -> {
            called.countDown();
            await(mayReturn);
            ended.incrementAndGet();
        });
        board.put(advice(ONE, 1));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> telling = threads.submit(board::tellAll);
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
            board.put(advice(OTHER, 1));
            Future<Integer> closing = threads.submit(() -> {
                board.close();
                return ended.get();
            });
            mayReturn.countDown();
            assertThat(closing.get(30, TimeUnit.SECONDS))
                    .isPositive(); // 2 if the next call began before the board was closed.
            telling.get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(board.isClosed()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
