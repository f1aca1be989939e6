package dev.hypercache.management;

import java.io.IOException;
import java.util.List;

/** Asks the other members of the ring, as a member. Called by any thread. */
public interface PeerCalls {

    /** The other members, as {@code host:port}; no more than a ring has. */
    List<String> addresses();

    /**
     * Asks one of them; waits for the answer.
     *
     * @param address one of {@link #addresses}
     * @param path what is asked for
     * @param query the query, without question mark
     * @return the body of the answer
     * @throws IOException if it does not answer in time, is not believed, or answers something else; the message says what
     */
    byte[] get(String address, String path, String query) throws IOException;
}
