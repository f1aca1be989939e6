package dev.hypercache.examples.ring;

import dev.hypercache.examples.proofs.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.cache.Cache;

/**
 * HyperCache, called by a client: {@link View#PRIMARY} is its own cache, which asks leaders and replicas itself, and
 * {@link View#PROXIED} is the cache of the first member, which is asked over a plain socket.
 */
final class HyperCacheClientGrid implements Grid {

    private final HyperCacheGrid client;
    private final ProxyCaller proxy;

    HyperCacheClientGrid(Seat first) {
        client = HyperCacheGrid.client(first);
        proxy = new ProxyCaller(first.secondPort());
    }

    /** A member of such a ring; the first one also listens for those that call by way of it. */
    static Grid member(Seat seat) {
        HyperCacheGrid member = HyperCacheGrid.member(seat, Proof.NONE);
        if (seat.number() == 0) {
            try {
                new ProxyServer(member).listen(seat.secondPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return member;
    }

    @Override
    public void awaitMembers() {
        client.awaitMembers();
    }

    @Override
    public List<View> views() {
        return List.of(View.PRIMARY, View.PROXIED);
    }

    @Override
    public Cache<String, byte[]> cache(View view) {
        return view == View.PROXIED ? proxy.cache() : client.cache(view);
    }

    @Override
    public Cache<String, byte[]> writable(View view) {
        return cache(view);
    }

    /** The first member finds out, so that it leads its equal share of the keys for those that call by way of it. */
    @Override
    public Place placeOf(String key) {
        return proxy.placeOf(key);
    }

    @Override
    public long redirects() {
        return client.redirects();
    }
}
