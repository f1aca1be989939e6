package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What this transport does beyond the contract of all. */
final class UndertowTransportsTest extends RawNodes {

    @Test
    void factoryIsFoundByItsName() {
        assertThat(ServiceLoader.load(TransportFactory.class))
                .filteredOn(factory -> factory.name().equals("undertow"))
                .singleElement()
                .isInstanceOf(UndertowTransports.class);
    }

    @Test
    void countsTellWhatHappened() throws Exception {
        Node one = start("one");
        Node two = start("two");
        assertThat(one.transport().counts()).isEqualTo(TransportCounts.NONE);
        for (int call = 0; call < 10; call++) {
            one.call(two, "hello").awaitReply();
        }
        one.linkTo(two).reconnect();
        await().until(() -> one.call(two, "again").await() instanceof byte[]);

        TransportCounts counts = one.transport().counts();
        assertThat(counts.framesOut()).isGreaterThanOrEqualTo(11);
        assertThat(counts.framesIn()).isGreaterThanOrEqualTo(11);
        assertThat(counts.bytesOut()).isGreaterThan(11 * 16);
        assertThat(counts.bytesIn()).isGreaterThan(11 * 16);
        assertThat(counts.reconnects()).isEqualTo(1);
        await().untilAsserted(
                        () -> assertThat(one.transport().counts().connections()).isEqualTo(1));
    }

    @Test
    void pausesBetweenDialsGrowAndEnd() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.transport().close();
        PeerLink link = one.linkTo(two);
        for (int call = 0; call < 2_000; call++) {
            Outcome outcome = new Outcome();
            link.call(frame("anybody?"), 0, LONG_NANOS, outcome);
            assertThat(outcome.awaitFailure()).isInstanceOf(ConnectionLost.class);
        }

        Node again = start(TransportOptions.withDefaults(two.id(), two.address()));

        await().until(() -> one.call(again, "back?").await() instanceof byte[]);
    }

    @Test
    void idleConnectionLivesOnByItsPings() throws Exception {
        use(TestSettings.defaults().impatient());
        Node one = start("one");
        Node two = start("two");
        one.call(two, "hello").awaitReply();
        long before = two.transport().counts().framesIn();
        await().until(() -> two.transport().counts().framesIn() >= before + 20);

        assertThat(one.transport().counts().reconnects()).isZero();
        assertThat(two.transport().counts().connections()).isEqualTo(1);
        assertThat(one.transport().counts().connections()).isEqualTo(1);
    }

    @Test
    void repeatedBytesTravelShort() throws Exception {
        use(TestSettings.defaults().compressing(1_000));
        Node one = start("one");
        Node two = start("two");
        Outcome outcome = new Outcome();
        one.linkTo(two).call(frame(500_000), 0, LONG_NANOS, outcome);

        assertThat(outcome.awaitReply()).hasSize(500_000).containsOnly(0);
        assertThat(one.transport().counts().bytesOut()).isLessThan(50_000);
        assertThat(one.transport().counts().bytesIn()).isLessThan(50_000);
    }

    @Test
    void closeWithinAListenerDoesNotWaitForItself() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.listener().onRequest(request -> two.transport().close());

        assertThat(one.call(two, "close").awaitFailure()).isInstanceOf(ConnectionLost.class);
    }
}
