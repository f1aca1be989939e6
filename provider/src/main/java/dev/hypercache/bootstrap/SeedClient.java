package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Asks seeds for their cards, one after the other, before the node has a transport. */
final class SeedClient {

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 1_000;

    private SeedClient() {}

    /**
     * The card of a seed; null if it does not answer within a second and a half.
     *
     * @throws RingRefusedException if what answers is no node
     */
    static @Nullable SeedCard ask(Address seed) {
        byte[] body;
        try {
            URI uri = URI.create("http://" + seed + SeedDoor.PATH);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setUseCaches(false);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return null; // It is about to listen for frames, or was another server a moment ago.
            }
            try (InputStream in = connection.getInputStream()) {
                body = in.readNBytes(SeedCard.BYTES_MAX);
            }
        } catch (IOException e) {
            return null;
        }
        try {
            return SeedCard.decode(body);
        } catch (IOException e) {
            throw new RingRefusedException("at " + seed + ", which is among hypercache.seeds: " + e.getMessage()
                    + ". Correct the list, or end the server that answers there.");
        }
    }
}
