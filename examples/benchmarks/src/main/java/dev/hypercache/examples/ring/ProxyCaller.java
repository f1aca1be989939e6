package dev.hypercache.examples.ring;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Asks a {@link ProxyServer}, each thread by a connection of its own that lasts as long as the thread. */
final class ProxyCaller {

    private final int port;
    private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::dial);

    ProxyCaller(int port) {
        this.port = port;
    }

    /** A cache that has {@code get} and {@code put} only. */
    @SuppressWarnings("unchecked") // Nothing but keys and values goes through it.
    Cache<String, byte[]> cache() {
        return (Cache<String, byte[]>) Proxy.newProxyInstance(
                Cache.class.getClassLoader(),
                new Class<?>[] {Cache.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "get" -> ask(ProxyServer.GET, (String) arguments[0], null);
                    case "put" -> ask(ProxyServer.PUT, (String) arguments[0], (byte[]) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Where an entry is, as the member that is asked sees it. */
    Place placeOf(String key) {
        byte[] ordinal = ask(ProxyServer.PLACE, key, null);
        if (ordinal == null) {
            throw new IllegalStateException("no place of " + key);
        }
        return Place.values()[ordinal[0]];
    }

    private byte @Nullable [] ask(int request, String key, byte @Nullable [] value) {
        try {
            return connections.get().ask(request, key, value);
        } catch (IOException e) {
            connections.remove();
            throw new UncheckedIOException(e);
        }
    }

    private Connection dial() {
        try {
            return new Connection(new Socket(InetAddress.getByName(Seat.HOST), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one thread: one question at a time. */
    private static final class Connection {

        private final DataOutputStream questions;
        private final DataInputStream answers;

        Connection(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            questions = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            answers = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        byte @Nullable [] ask(int request, String key, byte @Nullable [] value) throws IOException {
            questions.writeByte(request);
            questions.writeUTF(key);
            if (value != null) {
                questions.writeInt(value.length);
                questions.write(value);
            }
            questions.flush();
            int length = answers.readInt();
            if (length == ProxyServer.FAILED) {
                throw new IllegalStateException("the member failed");
            }
            return length == ProxyServer.NOTHING ? null : answers.readNBytes(length);
        }
    }
}
