package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.hypercache.spi.transport.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hundreds of connections, or ten thousand, that say nothing, or half of something: whoever is connected already is served meanwhile, whoever
 * comes afterwards gets in, and nothing is left of them.
 *
 * <p>Served means that a call succeeds in the end: on a machine that is busy enough a peer may miss signs of life and dial anew.
 *
 * <p>They come from many loopback addresses, so that the bound of each is met and, from 4,096 on, that of all together. The
 * system property {@value #PROPERTY} says how many there are; where a process may not open as many files there are fewer.
 */
@Timeout(600)
final class ManyConnectionsTest extends RawNodes {

    private static final String PROPERTY = "hypercache.test.connections";
    private static final int CONNECTIONS = 700;
    private static final int OF_ONE_ADDRESS = 600;
    private static final long MIB = 1 << 20;

    private final List<SocketChannel> channels = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }

    /** Each takes a file here, and another one at the node if that lets it in. */
    private static int connections() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
        return (int) Math.min(Integer.getInteger(PROPERTY, CONNECTIONS), free / 2);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Nothing, half a request, or an upgrade without a greeting. */
    private void open(Node node, int index) throws IOException {
        byte address = (byte) (2 + index / OF_ONE_ADDRESS);
        SocketChannel channel = SocketChannel.open();
        channels.add(channel);
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, address}), 0));
        channel.connect(
                new InetSocketAddress(node.address().host(), node.address().port()));
        String said = index % 3 == 0 ? "" : index % 3 == 1 ? "GET /internal/mux HTTP/1.1\r\nHost: n" : RawPeer.UPGRADE;
        try {
            channel.write(ByteBuffer.wrap(said.getBytes(US_ASCII)));
        } catch (IOException closedByTheNode) {
            assertThat(node.transport().counts().refusals()).isPositive();
        }
    }

    private static boolean isServed(Node node, Node by) throws InterruptedException {
        Outcome outcome = by.call(node, "still there?");
        return outcome.await() instanceof byte[] reply && text(reply).equals("still there?");
    }

    @Test
    void connectionsThatSayNothingHoldNobodyUp() throws Exception {
        Node one = start("one");
        Node two = start("two");
        assertThat(isServed(two, one)).isTrue();
        long before = heapBytes();

        for (int i = connections(); i > 0; i--) {
            open(two, i);
            if (i % 500 == 0) {
                await().atMost(60, TimeUnit.SECONDS).until(() -> isServed(two, one));
            }
        }
        assertThat(heapBytes() - before).as("bytes of heap, of both ends").isLessThan(128 * MIB);
        closeAll();

        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(two.transport().counts().connections()).isEqualTo(1));
        Node three = start("three");
        await().atMost(60, TimeUnit.SECONDS).until(() -> isServed(two, three));
        await().atMost(60, TimeUnit.SECONDS).until(() -> heapBytes() - before < 8 * MIB);
    }
}
