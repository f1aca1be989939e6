package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RecordingListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TLS could write in part only leaves when there is room, though nothing is sent behind it. */
final class TlsTailTest {

    private static final int MESSAGE_BYTES = 12_000;
    private static final int MESSAGES_MOST = 5_000;

    @TempDir
    private Path directory;

    private TestAuthority authority;

    @BeforeEach
    void issue() {
        authority = TestAuthority.in(directory);
    }

    /** Two nodes of which the second takes nothing until it is told to. */
    private final class Pair implements AutoCloseable {
        private final UndertowTransport one;
        private final UndertowTransport two;
        private final PeerLink link;
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final AtomicInteger taken = new AtomicInteger();

        Pair() throws InterruptedException {
            Killable transports = new Killable(TestSettings.defaults().silent().secured(authority::security));
            one = transport(transports, "one");
            two = transport(transports, "two");
            Address unused = one.start(new RecordingListener());
            RecordingListener listener = new RecordingListener();
            listener.onMessage(message -> take());
            link = one.link(new Peer(id("two"), two.start(listener)));
            post();
            assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        }

        private void take() {
            if (taken.getAndIncrement() == 0) {
                blocked.countDown();
                try {
                    boolean unused = open.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static NodeId id(String name) {
            return new NodeId(name, new Incarnation(1));
        }

        private static UndertowTransport transport(Killable transports, String name) {
            return (UndertowTransport)
                    transports.create(TransportOptions.withDefaults(id(name), new Address("127.0.0.1", 0)));
        }

        void post() {
            assertThat(link.post(Frame.of(Payload.of(new byte[MESSAGE_BYTES])), 0))
                    .isTrue();
        }

        /** Posts once more, and tells whether the network took it: a moment is enough for that. */
        boolean fits() {
            long before = one.counts().framesOut();
            post();
            try {
                await().atMost(Duration.ofMillis(500))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> one.counts().framesOut() > before);
                return true;
            } catch (ConditionTimeoutException stalled) {
                return false;
            }
        }

        @Override
        public void close() {
            open.countDown();
            one.close();
            two.close();
        }
    }

    private int messagesThatFit() throws InterruptedException {
        try (Pair pair = new Pair()) {
            int messages = 1;
            while (pair.fits()) {
                messages++;
                assertThat(messages).isLessThan(MESSAGES_MOST);
            }
            return messages;
        }
    }

    @Test
    void lastRecordLeavesThoughNothingFollows() throws Exception {
        int fitting = messagesThatFit();
        for (int messages = fitting - 2; messages <= fitting + 2; messages++) {
            try (Pair pair = new Pair()) {
                for (int i = 1; i < messages; i++) {
                    boolean unused = pair.fits();
                }
                pair.open.countDown();

                int all = messages;
                await().atMost(Duration.ofSeconds(20)).until(() -> pair.taken.get() == all);
            }
        }
    }
}
