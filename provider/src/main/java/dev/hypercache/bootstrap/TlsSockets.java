package dev.hypercache.bootstrap;

import dev.hypercache.spi.security.TlsMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets of some TLS material that speak its versions and cipher suites alone. */
final class TlsSockets extends SSLSocketFactory {

    private final TlsMaterial material;
    private final SSLSocketFactory sockets;

    TlsSockets(TlsMaterial material) {
        this.material = material;
        this.sockets = material.context().getSocketFactory();
    }

    private Socket restrict(Socket socket) {
        if (socket instanceof SSLSocket secured) {
            secured.setEnabledProtocols(material.protocols().toArray(String[]::new));
            secured.setEnabledCipherSuites(material.suites().toArray(String[]::new));
        }
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return material.suites().toArray(String[]::new);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return restrict(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return restrict(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return restrict(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return restrict(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return restrict(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return restrict(sockets.createSocket(address, port, localAddress, localPort));
    }
}
