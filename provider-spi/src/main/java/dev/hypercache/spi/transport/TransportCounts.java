package dev.hypercache.spi.transport;

/**
 * What a transport did since it was made. A reading is not atomic: counts may be of slightly different moments.
 *
 * @param connections connections with peers that are open now, whoever dialled
 * @param bytesIn bytes received on them
 * @param bytesOut bytes sent on them
 * @param framesIn frames received
 * @param framesOut frames sent
 * @param reconnects connections that this node dialled after it had lost or given up one with the same peer
 * @param overloads calls, and messages without answer, that met a bound of what may be under way, here or at the peer
 * @param stalls connections that were given up because the peer took nothing for too long
 * @param refusals connections that were refused, by this node or by the peer, or ended since the peer broke the protocol, and
 *     requests that the HTTP gate turned away
 * @param compressions messages that were sent compressed
 * @param bytesSaved bytes that were not sent because of that
 */
public record TransportCounts(
        long connections,
        long bytesIn,
        long bytesOut,
        long framesIn,
        long framesOut,
        long reconnects,
        long overloads,
        long stalls,
        long refusals,
        long compressions,
        long bytesSaved) {

    /** Of a transport that counts nothing. */
    public static final TransportCounts NONE = new TransportCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
