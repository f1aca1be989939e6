package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayMemoryTest {

    private static final long NOW = 1_767_225_600_000L;
    private static final long SALT = 42;
    private static final long SEED = 20261127;

    private final ReplayMemory memory = new ReplayMemory(3, SALT);

    @Test
    void nonceIsAdmittedOnceWithinAMinute() {
        assertThat(memory.admit(nonce(1), NOW)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(nonce(1), NOW)).isEqualTo(Admission.REPLAYED);
        assertThat(memory.admit(nonce(2), NOW + 59_000)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(nonce(1), NOW + 60_000)).isEqualTo(Admission.REPLAYED);
        assertThat(memory.admit(nonce(2), NOW + 119_000)).isEqualTo(Admission.REPLAYED);
    }

    @Test
    void bothHalvesOfANonceCount() {
        assertThat(memory.admit(new Nonce(1, 2), NOW)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(new Nonce(1, 3), NOW)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(new Nonce(3, 2), NOW)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(new Nonce(1, 2), NOW)).isEqualTo(Admission.REPLAYED);
    }

    @Test
    void fullMemoryAdmitsNothingUntilItTurns() {
        for (int i = 1; i <= 3; i++) {
            assertThat(memory.admit(nonce(i), NOW)).isEqualTo(Admission.ADMITTED);
        }
        assertThat(memory.admit(nonce(4), NOW + 60_999)).isEqualTo(Admission.FULL);
        assertThat(memory.admit(nonce(1), NOW + 60_999)).isEqualTo(Admission.REPLAYED);
        assertThat(memory.admit(nonce(4), NOW + 61_000)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(nonce(1), NOW + 61_000)).isEqualTo(Admission.REPLAYED);
        assertThat(memory.size()).isEqualTo(4);
    }

    @Test
    void refusedNonceIsNotRemembered() {
        for (int i = 1; i <= 3; i++) {
            memory.admit(nonce(i), NOW);
        }
        assertThat(memory.admit(nonce(4), NOW)).isEqualTo(Admission.FULL);
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.admit(nonce(4), NOW + 61_000)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void nonceOfZerosIsNeverNew() {
        assertThat(memory.admit(nonce(0), NOW)).isEqualTo(Admission.REPLAYED);
        assertThat(memory.size()).isZero();
    }

    @Test
    void whatIsForgottenCannotBeNewWhenTheClockIsSetBack() {
        assertThat(memory.admit(nonce(1), NOW)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(nonce(2), NOW + 70_000)).isEqualTo(Admission.ADMITTED);
        assertThat(memory.admit(nonce(3), NOW + 140_000)).isEqualTo(Admission.ADMITTED);

        assertThat(memory.admit(nonce(1), NOW + 5_000)).isEqualTo(Admission.CLOCK_SET_BACK);
        assertThat(memory.admit(nonce(1), NOW + 60_000)).isEqualTo(Admission.CLOCK_SET_BACK);
        assertThat(memory.admit(nonce(4), NOW + 60_001)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void whateverTheClockDoesNothingIsAdmittedTwiceWithinAMinute() {
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);
        ReplayMemory large = new ReplayMemory(1_000, SALT);
        Map<Nonce, List<Long>> admitted = new HashMap<>();
        long now = NOW;
        int twice = 0;
        for (int i = 0; i < 50_000; i++) {
            now += random.nextInt(200) == 0 ? random.nextLong(-100_000, 100_000) : random.nextLong(0, 400);
            Nonce nonce = nonce(random.nextInt(1, 2_000));
            if (large.admit(nonce, now) == Admission.ADMITTED) {
                List<Long> times = admitted.computeIfAbsent(nonce, none -> new ArrayList<>());
                for (long before : times) {
                    assertThat(Math.abs(now - before)).isGreaterThan(60_000);
                }
                twice += times.isEmpty() ? 0 : 1;
                times.add(now);
            }
        }
        assertThat(twice).as("what is forgotten is admitted again").isPositive();
    }

    @Test
    void memoryHoldsAsManyAsItSays() {
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);
        ReplayMemory usual = new ReplayMemory(ReplayMemory.NONCES_DEFAULT, random.nextLong());
        List<Nonce> nonces = new ArrayList<>();
        for (int i = 0; i < ReplayMemory.NONCES_DEFAULT; i++) {
            Nonce nonce = Nonce.next(random);
            nonces.add(nonce);
            assertThat(usual.admit(nonce, NOW)).isEqualTo(Admission.ADMITTED);
        }
        assertThat(usual.admit(Nonce.next(random), NOW)).isEqualTo(Admission.FULL);
        assertThat(nonces).allMatch(nonce -> usual.admit(nonce, NOW + 61_000) == Admission.REPLAYED);
        assertThat(usual.size()).isEqualTo(ReplayMemory.NONCES_DEFAULT);
    }

    @Test
    void smallestMemoryHoldsOne() {
        ReplayMemory smallest = new ReplayMemory(1, SALT);
        assertThat(smallest.admit(nonce(1), NOW)).isEqualTo(Admission.ADMITTED);
        assertThat(smallest.admit(nonce(2), NOW)).isEqualTo(Admission.FULL);
        assertThat(smallest.admit(nonce(1), NOW)).isEqualTo(Admission.REPLAYED);
    }

    @Test
    void ofSeveralThreadsOneIsAdmitted() throws InterruptedException, ExecutionException {
        int threads = 4;
        int nonces = 2_000;
        ReplayMemory shared = new ReplayMemory(nonces, SALT);
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Integer> admitAll = () -> {
            start.await();
            int admitted = 0;
            for (int i = 1; i <= nonces; i++) {
                admitted += shared.admit(nonce(i), NOW) == Admission.ADMITTED ? 1 : 0;
            }
            return admitted;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            int admitted = 0;
            for (Future<Integer> count : pool.invokeAll(Collections.nCopies(threads, admitAll))) {
                admitted += count.get();
            }
            assertThat(admitted).isEqualTo(nonces);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void numberOfNoncesHasARange(int noncesMax) {
        assertThatThrownBy(() -> new ReplayMemory(noncesMax, SALT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 1000000");
    }

    private static Nonce nonce(int number) {
        return new Nonce(number, number == 0 ? 0 : -number);
    }
}
