package dev.hypercache.examples.roundtrip;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The floor: a blocking socket, and a thread at the other end, for each caller. */
final class BlockingWire implements Wire {

    private final ThreadLocal<Socket> sockets = ThreadLocal.withInitial(this::dial);
    private int port;

    @Override
    public int serve() throws IOException {
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket socket = server.accept();
                start(() -> answer(socket));
            }
        });
        return server.getLocalPort();
    }

    private static void answer(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] request = new byte[REQUEST_BYTES];
        byte[] answer = new byte[ANSWER_BYTES];
        while (true) {
            in.readFully(request);
            socket.getOutputStream().write(answer);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void connect(int to) {
        port = to;
    }

    private Socket dial() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ask() throws IOException {
        Socket socket = sockets.get();
        socket.getOutputStream().write(new byte[REQUEST_BYTES]);
        if (socket.getInputStream().readNBytes(ANSWER_BYTES).length < ANSWER_BYTES) {
            throw new IOException("the other end closed");
        }
    }
}
