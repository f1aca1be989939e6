package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.DigestsRead;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Put;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many messages an operation waits for, counted at the transport of a ring of three.
 *
 * <p>The critical path is what the caller waits for. The third node is cut off while the operation runs, so nothing that it
 * sends or should be sent can be part of it.
 */
@Timeout(60)
final class RoundTripTest {

    private static final String KEY = "steady";

    private final LocalNetwork network = new LocalNetwork();
    private final Faults faults = Faults.of(FaultPlan.seeded(1).build());
    private final RecordingTransports transports = new RecordingTransports(faults.around(network));
    private final LocalRing ring = start();

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        return LocalRing.of(3, properties, network, transports);
    }

    @BeforeEach
    void makeSteady() {
        for (int node = 0; node < ring.size(); node++) {
            cache(node);
            for (int i = 0; i < 5; i++) {
                cache(node).put(KEY, "warm");
                assertThat(cache(node).get(KEY)).isEqualTo("warm");
            }
        }
        becomeSilent(); // Leaders tell their followers once that their copies are complete.
    }

    private void becomeSilent() {
        await().pollInterval(Duration.ofMillis(300))
                .until(() -> transports.take().isEmpty());
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private Cache<String, String> cache(int node) {
        Cache<String, String> present = ring.manager(node).getCache("steady", String.class, String.class);
        return present != null
                ? present
                : ring.manager(node)
                        .createCache(
                                "steady",
                                new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    }

    private int leader() {
        transports.take();
        for (int node = 0; node < ring.size(); node++) {
            cache(node).put(KEY, "warm");
            if (transports.take().stream().noneMatch(sent -> sent.message() instanceof Execute)) {
                return node;
            }
        }
        throw new AssertionError("no node leads the slot of the key");
    }

    private static String nameOf(int node) {
        return "n" + (node + 1);
    }

    /** What passed between the caller's node and the leader's while everything else was lost. */
    private List<Sent> between(int caller, int leader, Runnable operation) {
        faults.isolate(nameOf(3 - caller - leader));
        transports.take();
        operation.run();
        List<Sent> sent = transports.take();
        faults.heal();
        return sent;
    }

    private static long count(List<Sent> sent, int from, int to, Class<?> verb) {
        return sent.stream()
                .filter(one -> one.from().equals(nameOf(from)) && one.to().equals(nameOf(to)))
                .filter(one -> verb.isInstance(one.message()))
                .count();
    }

    private static Execute asked(List<Sent> sent) {
        return sent.stream()
                .map(Sent::message)
                .filter(Execute.class::isInstance)
                .map(Execute.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void steadyPutFromAReplicasNodeIsOneRoundTrip() {
        int leader = leader();
        int caller = (leader + 1) % 3;
        List<Sent> sent = between(caller, leader, () -> cache(caller).put(KEY, "one round trip"));

        assertThat(count(sent, caller, leader, Execute.class)).isEqualTo(1);
        assertThat(asked(sent).op()).isInstanceOf(Put.class);
        assertThat(count(sent, leader, caller, Executed.class)).isEqualTo(1);
        assertThat(count(sent, leader, caller, Accept.class))
                .as("the reply is the accept")
                .isZero();
        assertThat(cache(caller).get(KEY)).isEqualTo("one round trip");
    }

    @Test
    void getIsOneQuestionToOneThatWasHeardJustNow() {
        int caller = (leader() + 1) % 3;
        await().untilAsserted(() -> {
            cache(caller).put(KEY, "heard");
            transports.take();
            assertThat(cache(caller).get(KEY)).isEqualTo("heard");
            List<Message> sent = transports.take().stream()
                    .map(Sent::message)
                    .filter(message -> message instanceof Execute
                            || message instanceof ReadDigests
                            || message instanceof DigestsRead)
                    .toList();
            assertThat(sent).hasSize(2);
            assertThat(sent.get(0)).isInstanceOf(ReadDigests.class);
            assertThat(sent.get(1)).isInstanceOf(DigestsRead.class);
        });
    }

    /** Nobody was heard just now, so the leader is asked at once. */
    @Test
    void getAfterASilenceIsOneRoundTrip() {
        int leader = leader();
        int caller = (leader + 1) % 3;
        becomeSilent();
        List<Sent> sent = between(caller, leader, () -> cache(caller).get(KEY));

        assertThat(count(sent, caller, leader, Execute.class)).isEqualTo(1);
        assertThat(asked(sent).op()).isInstanceOf(Get.class);
        assertThat(count(sent, leader, caller, Executed.class)).isEqualTo(1);
        assertThat(count(sent, leader, caller, Confirm.class))
                .as("the reply is the confirm")
                .isZero();
    }

    private static Map<String, String> thousandBooks() {
        Map<String, String> books = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            books.put("book" + i, "text" + i);
        }
        return books;
    }

    /** How many frames with requests to leaders the node sent, without those that it repeated on a slow machine. */
    private long requests(int node) {
        return transports.take().stream()
                .filter(one -> one.from().equals(nameOf(node)))
                .filter(one -> isFirstRequest(one.message()))
                .map(Sent::frame)
                .distinct()
                .count();
    }

    private static boolean isFirstRequest(Message message) {
        return message instanceof ReadDigests
                || message instanceof Execute execute && !execute.head().isRetried()
                || message instanceof ExecuteClear clear && !clear.head().isRetried();
    }

    @Test
    void operationsOnAThousandKeysAreOneRequestPerLeadersNode() {
        Map<String, String> books = thousandBooks();
        transports.take();

        cache(0).putAll(books);
        assertThat(requests(0)).as("putAll").isBetween(1L, 3L);

        await().untilAsserted(
                        () -> { // Until no copy lags behind.
                            transports.take();
                            assertThat(cache(0).getAll(books.keySet())).isEqualTo(books);
                            assertThat(requests(0)).as("getAll").isBetween(1L, 3L);
                        });
        transports.take();

        assertThat(cache(1).getAll(books.keySet())).isEqualTo(books);
        cache(0).removeAll(books.keySet());
        assertThat(requests(0)).as("removeAll").isBetween(1L, 3L);

        assertThat(cache(2).getAll(books.keySet())).isEmpty();
        cache(0).clear();
        assertThat(requests(0)).as("clear").isBetween(1L, 3L);
    }

    @Test
    void putOnTheLeadersNodeWaitsForOneAccept() {
        int leader = leader();
        int follower = (leader + 1) % 3;
        List<Sent> sent = between(leader, follower, () -> cache(leader).put(KEY, "one accept"));

        // The leader repeats an accept that a slow machine left without an answer.
        assertThat(sent.stream()
                        .filter(one -> one.to().equals(nameOf(follower)) && one.message() instanceof Accept)
                        .map(one -> ((Accept) one.message()).entry().record().version())
                        .distinct())
                .hasSize(1);
        assertThat(count(sent, leader, follower, Execute.class)).isZero();
    }
}
