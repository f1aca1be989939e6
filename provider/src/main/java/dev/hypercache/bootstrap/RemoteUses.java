package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.ring.ClientUses;
import dev.hypercache.spi.NodeId;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import javax.cache.CacheException;

/** Has members use caches for a client, over HTTP. What one member does not answer another one is asked; each may be asked twice. */
final class RemoteUses implements ClientUses {

    /** A member may wait for its log before it answers. */
    private static final int ANSWER_MILLIS = 7_000;

    private static final int RENEW_MILLIS = 2_000;
    /** Who ends does not wait for long: the member finds out by itself. */
    private static final long FAREWELL_MILLIS = 500;

    /** So many uses fit into one request by far. */
    private static final int USES_PER_REQUEST = 32;

    private final NodeId client;
    private final UUID ring;
    private final ClientCalls calls;
    private final ClientMembers members;
    private final long timeoutMillis;

    /** @param ring the ring that is meant; in another one nothing is done */
    RemoteUses(NodeId client, UUID ring, ClientCalls calls, ClientMembers members, long timeoutMillis) {
        this.client = client;
        this.ring = ring;
        this.calls = calls;
        this.members = members;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public int join(String name, CacheTraits traits) {
        UseRequest request = new UseRequest.Join(client, ring, name, traits);
        return done(request, "cache '" + name + "' cannot be created", ClientUses.creationMillis(timeoutMillis))
                .ids()
                .get(0);
    }

    @Override
    public void drop(int id) {
        UseAnswer unused = done(new UseRequest.Drop(client, ring, id), "a cache cannot be destroyed", timeoutMillis);
    }

    private UseAnswer done(UseRequest request, String what, long millis) {
        UseAnswer answer;
        try {
            answer = members.ask(millis, member -> calls.use(member, request, ANSWER_MILLIS));
        } catch (IOException e) {
            throw new CacheException(what + ": " + e.getMessage() + ". See whether the ring's members run", e);
        }
        if (!answer.refusal().isEmpty()) {
            throw new CacheException(answer.refusal());
        }
        return answer;
    }

    @Override
    public void quit(Use ended) {
        UseRequest request = new UseRequest.Quit(client, ring, ended.name(), ended.traits());
        try {
            UseAnswer unused = members.ask(FAREWELL_MILLIS, member -> calls.use(member, request, RENEW_MILLIS));
        } catch (IOException | RingRefusedException unreachable) {
            return; // Its lease ends by itself.
        }
    }

    /**
     * Says what is open still, so that some member keeps it open.
     *
     * @throws IOException if no member answers
     */
    void renew(List<Use> uses) throws IOException {
        for (int from = 0; from < uses.size(); from += USES_PER_REQUEST) {
            List<Use> some = List.copyOf(uses.subList(from, Math.min(uses.size(), from + USES_PER_REQUEST)));
            UseRequest request = new UseRequest.Renew(client, ring, some);
            UseAnswer unused = members.askOnce(member -> calls.use(member, request, RENEW_MILLIS));
        }
    }
}
