package dev.hypercache.transport.http;

import dev.hypercache.spi.security.TlsMaterial;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Looks at the heads of requests before Undertow reads them, for what it does not tell: it replaces the fold of a header line by
 * a space (RFC 9112 §5.2), and takes a version that it does not know for HTTP/1.1.
 *
 * <p>Where a head ends can be seen here, where the body behind it ends cannot: so the gate says how long each body is, and the
 * next head is looked for behind it. What Undertow refuses by itself need not be understood, since the connection ends with it.
 * Belongs to the connection's thread.
 */
final class HeadWatch extends SeenSource {

    private static final byte[] NOTHING = {};

    /** The eight bytes of {@code HTTP/1.1}. */
    private static final long HTTP_1_1 = 0x485454502F312E31L;

    private long bodyBytesLeft;
    private boolean begun;
    private boolean inLine;
    private boolean behindFirstLine;
    private boolean folded;
    private boolean complete;
    /** The last eight bytes of the first line. */
    private long version;
    /** What came in one read with the end of a head; no longer than Undertow's buffer. */
    private byte[] behind = NOTHING;

    /**
     * What was seen of one head.
     *
     * @param isHttp11 whether its first line ends with {@code HTTP/1.1}
     * @param isFolded whether one of its lines is folded
     */
    record Head(boolean isHttp11, boolean isFolded) {}

    private final @Nullable TlsMaterial material;

    private HeadWatch(StreamSourceConduit next, @Nullable TlsMaterial material) {
        super(next);
        this.material = material;
    }

    /**
     * Looks from now on at what comes in on a connection; before anybody else reads it.
     *
     * @param material what the connection was secured with
     */
    static void watch(StreamConnection connection, @Nullable TlsMaterial material) {
        StreamSourceConduit next = connection.getSourceChannel().getConduit();
        connection.getSourceChannel().setConduit(new HeadWatch(next, material));
    }

    /** What the connection of a request was secured with; null without TLS. */
    static @Nullable TlsMaterial materialOf(HttpServerExchange exchange) {
        return of(exchange).material;
    }

    /**
     * Ends the head of a request, to be called once for each before its body is read.
     *
     * @throws IllegalStateException if its connection is not watched
     */
    static Head end(HttpServerExchange exchange) {
        return of(exchange).end(Math.max(0, exchange.getRequestContentLength()));
    }

    /** No more heads will come: the connection of this request speaks another protocol. */
    static void stop(HttpServerExchange exchange) {
        of(exchange).bodyBytesLeft = Long.MAX_VALUE;
    }

    private static HeadWatch of(HttpServerExchange exchange) {
        if (exchange.getConnection() instanceof AbstractServerConnection connection
                && connection.getOriginalSourceConduit() instanceof HeadWatch watch) {
            return watch;
        }
        throw new IllegalStateException("nobody watches the connection of this request");
    }

    private Head end(long bodyBytes) {
        Head head = new Head(version == HTTP_1_1, folded);
        byte[] rest = behind;
        behind = NOTHING;
        begun = false;
        inLine = false;
        behindFirstLine = false;
        folded = false;
        complete = false;
        bodyBytesLeft = bodyBytes;
        look(ByteBuffer.wrap(rest), 0, rest.length);
        return head;
    }

    private void look(ByteBuffer in, int from, int to) {
        int at = from + (int) Math.min(bodyBytesLeft, to - from);
        bodyBytesLeft -= at - from;
        while (at < to && !complete) {
            take(in.get(at++));
        }
        if (at < to && behind.length == 0) {
            behind = new byte[to - at];
            in.get(at, behind);
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            complete = begun && !inLine;
            behindFirstLine = begun;
            inLine = false;
        } else if (next != '\r') {
            if (!behindFirstLine) {
                version = version << Byte.SIZE | (next & 0xFF);
            }
            folded |= begun && !inLine && (next == ' ' || next == '\t');
            begun = true;
            inLine = true;
        }
    }

    /**
     * Reads; nothing between the end of a head and the gate's answer to it. Undertow refuses some requests before the gate sees
     * them, such as those without a host, and would take their bodies first, however long that lasts.
     */
    @Override
    public int read(ByteBuffer to) throws IOException {
        if (complete) {
            return -1;
        }
        int from = to.position();
        int bytes = super.read(to);
        if (bytes > 0) {
            look(to, from, from + bytes);
        }
        return bytes;
    }
}
