package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hypercache.spi.Address;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A peer of bytes alone, which may do everything that a node does not. */
final class RawPeer implements AutoCloseable {

    static final String UPGRADE =
            "GET /internal/mux HTTP/1.1\r\nHost: node\r\nConnection: Upgrade\r\nUpgrade: hcmux/1\r\n\r\n";

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** A frame as it came. */
    record Received(int opcode, int flags, int status, long id, byte[] body) {}

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    static RawPeer dial(Address address) throws IOException {
        return new RawPeer(new Socket(address.host(), address.port()));
    }

    /** Dials, asks for the upgrade and greets. */
    static RawPeer greet(Address address, Hello hello) throws IOException {
        RawPeer peer = dial(address);
        peer.upgrade();
        peer.frame(MuxHeader.HELLO, 0, 0, hello.encode());
        return peer;
    }

    void upgrade() throws IOException {
        send(UPGRADE);
        String head = readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    static byte[] bytesOf(int opcode, int flags, long id, ByteBuffer body) {
        ByteBuffer frame = ByteBuffer.allocate(MuxHeader.BYTES + body.remaining());
        MuxHeader.put(frame, body.remaining(), opcode, flags, 0, id);
        frame.put(body.duplicate());
        return frame.array();
    }

    void frame(int opcode, int flags, long id, ByteBuffer body) throws IOException {
        send(bytesOf(opcode, flags, id, body));
    }

    /** A request that waits for ten seconds. */
    void call(long id, byte[] request) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(8 + request.length);
        body.putLong(10_000_000_000L).put(request);
        frame(MuxHeader.CALL, 0, id, body.flip());
    }

    /** Everything up to the empty line. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    Received read() throws IOException {
        int length = in.readInt();
        int opcode = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int status = in.readUnsignedShort();
        long id = in.readLong();
        byte[] body = new byte[length - MuxHeader.LENGTH_LEAST];
        in.readFully(body);
        return new Received(opcode, flags, status, id, body);
    }

    /** Reads until the node closes; fails if it does not. */
    boolean isClosedByTheNode() throws IOException {
        try {
            while (in.read() >= 0) {
                // What was said before the end.
            }
            return true;
        } catch (EOFException | SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
