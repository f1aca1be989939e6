package dev.hypercache.examples.ring;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Lets a member perform operations of others as its own, which a client that asks all members itself saves. As cheap as that can
 * be: a blocking socket and a thread for each caller, and no more in a message than the operation needs.
 *
 * <p>A request is a byte, the key in modified UTF-8 behind its length of two bytes, and the value of a put behind its length of
 * four. An answer is a length and so many bytes, or one of two negative numbers.
 */
final class ProxyServer {

    static final int GET = 0;
    static final int PUT = 1;
    /** Answered by one byte, the ordinal of the {@link Place}. */
    static final int PLACE = 2;

    /** The answer to a put, and that there is no entry. */
    static final int NOTHING = -1;

    static final int FAILED = -2;

    private static final int BACKLOG = 100;

    private final Grid grid;

    ProxyServer(Grid grid) {
        this.grid = grid;
    }

    /** Takes in callers until the process ends; 0 lets the system choose the port, which is returned. */
    int listen(int port) throws IOException {
        ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getByName(Seat.HOST));
        start("proxy-door", () -> {
            while (true) {
                Socket socket = server.accept();
                start("proxy", () -> serve(socket));
            }
        });
        return server.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream questions = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            Cache<String, byte[]> cache = grid.cache(View.PRIMARY);
            for (int request = questions.read(); request >= 0; request = questions.read()) {
                String key = questions.readUTF();
                byte[] value = request == PUT ? questions.readNBytes(questions.readInt()) : null;
                answer(answers, cache, request, key, value);
                answers.flush();
            }
        }
    }

    private void answer(
            DataOutputStream answers, Cache<String, byte[]> cache, int request, String key, byte @Nullable [] value)
            throws IOException {
        byte[] found;
        try {
            found = perform(cache, request, key, value);
        } catch (RuntimeException e) {
            System.err.println("an operation of another process failed: " + e);
            answers.writeInt(FAILED);
            return;
        }
        answers.writeInt(found == null ? NOTHING : found.length);
        if (found != null) {
            answers.write(found);
        }
    }

    private byte @Nullable [] perform(Cache<String, byte[]> cache, int request, String key, byte @Nullable [] value) {
        return switch (request) {
            case GET -> cache.get(key);
            case PUT -> {
                cache.put(key, value);
                yield null;
            }
            case PLACE -> new byte[] {(byte) grid.placeOf(key).ordinal()};
            default -> throw new IllegalArgumentException("request " + request);
        };
    }
}
