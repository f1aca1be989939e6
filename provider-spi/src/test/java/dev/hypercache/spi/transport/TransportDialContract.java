package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.CallFailure.Refused;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} must do when it opens, and whom it reaches. Part of {@link TransportContract}. */
public abstract class TransportDialContract extends TransportClientContract {

    @Test
    void startTellsTheAddressThatWasBound() {
        Node one = start("one");
        Node two = start("two");

        assertThat(one.address().port()).isPositive();
        assertThat(two.address()).isNotEqualTo(one.address());
    }

    @Test
    void addressThatIsTakenIsNamed() {
        Node one = start("one");
        Transport other = create(TransportOptions.withDefaults(id("two", 1), one.address()));

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> other.start(new RecordingListener()))
                .withMessageContaining(one.address().toString());
        other.close();
    }

    @Test
    void transportIsOpenOnceAndForAll() {
        Transport transport = create(options("one"));
        Peer peer = start("two").peer();

        assertThatIllegalStateException().isThrownBy(() -> transport.link(peer));
        transport.start(new RecordingListener());
        assertThatIllegalStateException().isThrownBy(() -> transport.start(new RecordingListener()));
        transport.close();
        transport.close();
        assertThatIllegalStateException().isThrownBy(() -> transport.link(peer));
        assertThatIllegalStateException().isThrownBy(() -> transport.start(new RecordingListener()));
    }

    @Test
    void transportThatNeverStartedCanBeClosed() {
        Transport transport = create(options("one"));
        transport.close();

        assertThatIllegalStateException().isThrownBy(() -> transport.start(new RecordingListener()));
    }

    @Test
    void samePeerHasTheSameLinkUntilThatIsClosed() {
        Node one = start("one");
        Node two = start("two");
        PeerLink link = one.linkTo(two);
        assertThat(one.linkTo(two)).isSameAs(link);
        assertThat(link.peer()).isEqualTo(two.peer());
        link.close();
        assertThat(one.linkTo(two)).isNotSameAs(link);
    }

    @Test
    void callToNobodyIsLostAndCertainlyNotExecuted() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.transport().close();

        CallFailure failure = one.call(two, "anybody?").awaitFailure();

        assertThat(failure).isInstanceOf(ConnectionLost.class);
        assertThat(failure.maybeExecuted()).isFalse();
    }

    @Test
    void anotherIncarnationIsRefused() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome outcome = new Outcome();

        one.transport()
                .link(new Peer(id("two", 7), two.address()))
                .call(frame("are you the seventh?"), 0, LONG_NANOS, outcome);

        CallFailure failure = outcome.awaitFailure();
        assertThat(failure).isInstanceOf(Refused.class);
        assertThat(failure.maybeExecuted()).isFalse();
        assertThat(two.listener().firstEvents()).doesNotContain("call");
    }
}
