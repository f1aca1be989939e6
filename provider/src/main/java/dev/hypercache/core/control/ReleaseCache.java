package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.NodeId;
import java.util.Objects;

/**
 * A member has closed a cache: nothing of it is open there any more.
 *
 * @param id the cache's id: a cache created under the same name since is not meant
 * @param user exactly this incarnation
 */
public record ReleaseCache(int id, NodeId user) implements ControlCommand {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is below 1
     */
    public ReleaseCache {
        ControlLimits.checkRange("cache id", id, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(user, "user");
    }

    @Override
    public Applied applyTo(ControlState now) {
        CacheDefinition cache = now.caches().cache(id);
        if (cache == null) {
            return now.refuse(Reason.NO_SUCH_CACHE, "No cache has the id " + id + ".");
        }
        Member member = now.roster().member(user);
        if (member == null || !cache.users().contains(member.shortId())) {
            return now.refuse(Reason.NOT_A_USER, user + " does not have cache " + cache.name() + " open.");
        }
        MemberSet rest = cache.users().without(member.shortId());
        return Applied.done(now.with(now.caches().replacing(cache.usedBy(rest))));
    }
}
