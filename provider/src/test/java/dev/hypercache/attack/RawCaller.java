package dev.hypercache.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hypercache.spi.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A caller of bytes alone. */
final class RawCaller implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    private RawCaller(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static RawCaller plain(Address address) throws IOException {
        return new RawCaller(new Socket(address.host(), address.port()));
    }

    static RawCaller tls(Address address, SSLContext as) throws IOException {
        SSLSocket socket = (SSLSocket) as.getSocketFactory().createSocket(address.host(), address.port());
        socket.startHandshake();
        return new RawCaller(socket);
    }

    /** Sends; what the node does not take is not an error. */
    RawCaller send(String bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (SocketException | SSLException closed) {
            // Its answer, or the end of the connection, says what was wrong.
        }
        return this;
    }

    /** What comes back until the node closes the connection; fails if it does not. */
    Answer readAll() throws IOException {
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.append((char) next);
            }
        } catch (SocketException | SSLException reset) {
            return Answer.of(all.toString());
        }
        return Answer.of(all.toString());
    }

    /** The head of the next answer. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended in a head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The next byte; -1 at the end. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** Reads a body away. */
    void skip(int bytes) throws IOException {
        socket.getInputStream().skipNBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
