package dev.hypercache.examples.refusal;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RequestVerdict;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.undertow.UndertowTransports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Measures whether a stranger can tell by time which key ids a node knows (SECURITY R14): the 401 for an unknown key id against
 * the 401 for a wrong signature under a known one. Over HTTP as the stranger sees it, from the last byte of a request to the first of
 * its answer, each on a connection of its own; and the verifier alone, where no network hides a difference. The two kinds take turns
 * in pairs, and chance decides which is first. Fails if the medians differ by more than a tenth. Arguments: samples of each kind, 20000
 * by default, and to warm up, 5000.
 */
public final class RefusalTiming {

    private static final String KNOWN = "k1";
    private static final String UNKNOWN = "k9";
    private static final double FARTHEST = 1.1;
    private static final byte[] REFUSED = "HTTP/1.1 401 ".getBytes(StandardCharsets.US_ASCII);

    private final int samples;
    private final int warmup;
    private final RandomGenerator order = RandomGenerator.getDefault();

    private RefusalTiming(int samples, int warmup) {
        this.samples = samples;
        this.warmup = warmup;
    }

    /** Prints both medians and their ratio, for the verifier and over HTTP. */
    public static void main(String[] arguments) throws IOException {
        int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int warmup = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        System.setProperty("benchmarks.audit", "OFF"); // Read by logback.xml, before anything is logged.
        RefusalTiming timing = new RefusalTiming(samples, warmup);
        SignedCalls calls = SignedCalls.of(
                new LiveKeys(Stranger.authenticator(KNOWN)),
                RingFence.CLUSTER_DEFAULT,
                Set.of(Stranger.NODE),
                System::currentTimeMillis);
        int port = serve(calls);
        String authority = "127.0.0.1:" + port;
        List<Stranger> strangers = List.of(new Stranger(UNKNOWN, authority), new Stranger(KNOWN, authority));
        boolean isAlike = timing.compare("verifier", strangers, stranger -> verify(calls, stranger));
        isAlike &= timing.compare("HTTP", strangers, stranger -> ask(port, stranger));
        System.exit(isAlike ? 0 : 1);
    }

    /** Begins to answer; returns the port. */
    private static int serve(SignedCalls calls) {
        PortSecurity open = PortSecurity.open(Stranger.NODE);
        PortSecurity security =
                new PortSecurity(null, null, calls, null, open.audit(), open.counters(), open.clockMillis());
        NodeId self = new NodeId(Stranger.NODE, new Incarnation(1));
        return new UndertowTransports()
                .secured(security)
                .create(TransportOptions.withDefaults(self, new Address("127.0.0.1", 0)))
                .start(new Nobody())
                .port();
    }

    private static long verify(SignedCalls calls, Stranger stranger) throws IOException {
        Map<String, List<String>> fields = stranger.fields();
        long startNanos = System.nanoTime();
        RequestVerdict verdict = calls.verifier().verifyHead(Stranger.METHOD, Stranger.PATH, "", fields::get);
        long tookNanos = System.nanoTime() - startNanos;
        if (!(verdict instanceof RequestVerdict.Refused)) {
            throw new IOException("A stranger was believed: " + verdict);
        }
        return tookNanos;
    }

    private static long ask(int port, Stranger stranger) throws IOException {
        byte[] request = stranger.request();
        byte[] answer = new byte[REFUSED.length];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            long startNanos = System.nanoTime();
            socket.getOutputStream().write(request);
            int first = in.read(answer);
            long tookNanos = System.nanoTime() - startNanos;
            int more = first < 0 ? 0 : in.readNBytes(answer, first, answer.length - first);
            if (first + more != answer.length || !Arrays.equals(answer, REFUSED)) {
                throw new IOException("A stranger got no 401 but " + new String(answer, StandardCharsets.US_ASCII));
            }
            in.skipNBytes(in.available());
            return tookNanos;
        }
    }

    /** Tells whether the medians are alike. */
    private boolean compare(String where, List<Stranger> strangers, Refuser refuser) throws IOException {
        measure(warmup, strangers, refuser);
        long[][] nanos = measure(samples, strangers, refuser);
        double unknown = medianMicros(nanos[0]);
        double wrong = medianMicros(nanos[1]);
        double ratio = unknown / wrong;
        boolean isAlike = ratio <= FARTHEST && ratio >= 1 / FARTHEST;
        System.out.printf(
                Locale.ROOT,
                "bar: %-8s %d samples each, p50 us, unknown key id / wrong signature  %.2f / %.2f = %.3f wanted 1.0 +- 10 %%: %s%n",
                where,
                samples,
                unknown,
                wrong,
                ratio,
                isAlike ? "reached" : "MISSED");
        return isAlike;
    }

    /** Nanoseconds of each kind, so many of each. */
    private long[][] measure(int count, List<Stranger> strangers, Refuser refuser) throws IOException {
        long[][] nanos = new long[2][count];
        for (int i = 0; i < count; i++) {
            int first = order.nextInt(2);
            nanos[first][i] = refuser.refuse(strangers.get(first));
            nanos[1 - first][i] = refuser.refuse(strangers.get(1 - first));
        }
        return nanos;
    }

    private static double medianMicros(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e3;
    }
}
