package dev.hypercache.bootstrap;

import dev.hypercache.management.PeerCalls;
import dev.hypercache.spi.Address;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Supplier;

/** Asks the other members of a ring over HTTP. */
final class MemberCalls implements PeerCalls {

    /** No more of an answer is read: eight keys and a certificate take a tenth of it. */
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private final PortSecurity security;
    private final MemberHttp http;
    private final Supplier<List<Address>> others;

    /**
     * @param others where the other members are, asked each time
     */
    MemberCalls(PortSecurity security, Supplier<List<Address>> others) {
        this.security = security;
        this.http = new MemberHttp(security);
        this.others = others;
    }

    @Override
    public List<String> addresses() {
        return others.get().stream().map(Address::toString).toList();
    }

    @Override
    public byte[] get(String address, String path, String query) throws IOException {
        MemberHttp.Question asked = http.open(Address.parse(address), path, query);
        HttpURLConnection connection = asked.connection();
        try {
            int status = connection.getResponseCode();
            http.requireMember(connection);
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("answers with status " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] answer = in.readNBytes(ANSWER_BYTES_MAX);
                http.requireSealed(asked, answer);
                return answer;
            }
        } catch (ConnectException | SocketTimeoutException e) {
            throw new IOException("does not answer", e);
        } catch (RejectedCallerException e) {
            security.reject(e, address);
            throw new IOException("is not to be believed: " + e.getMessage(), e);
        } finally {
            connection.disconnect();
        }
    }
}
