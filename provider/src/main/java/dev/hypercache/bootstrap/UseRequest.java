package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.ring.ClientUses;
import dev.hypercache.spi.NodeId;
import java.util.List;
import java.util.UUID;

/** What a client asks a member to do with caches on its behalf. */
sealed interface UseRequest {

    /** Which client asks. */
    NodeId client();

    /** The ring that it means: an id of one ring says nothing in another. */
    UUID ring();

    /** Use a cache, and define it if need be. */
    record Join(NodeId client, UUID ring, String cache, CacheTraits traits) implements UseRequest {}

    /** The client has closed it. */
    record Quit(NodeId client, UUID ring, String cache, CacheTraits traits) implements UseRequest {}

    /** End it for the whole ring. */
    record Drop(NodeId client, UUID ring, int id) implements UseRequest {}

    /** These are still open. */
    record Renew(NodeId client, UUID ring, List<ClientUses.Use> uses) implements UseRequest {}
}
