package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.NodeId;
import java.util.Objects;

/**
 * A member opens a cache: as long as it has it open, the definition is not replaced by another one.
 *
 * @param id the cache's id: a cache created under the same name since is not meant
 * @param user exactly this incarnation; it stops using the cache when it is removed, or comes back in another life
 */
public record UseCache(int id, NodeId user) implements ControlCommand {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is below 1
     */
    public UseCache {
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
        if (member == null) {
            return now.refuse(Reason.NOT_A_MEMBER, user + " is no member.");
        }
        if (cache.users().contains(member.shortId())) {
            return now.refuse(Reason.ALREADY_USER, user + " has cache " + cache.name() + " open already.");
        }
        CacheDefinition used = cache.usedBy(cache.users().union(MemberSet.of(member.shortId())));
        if (now.caches().isFullFor(used)) {
            return now.refuse(
                    Reason.CATALOG_FULL,
                    "Cache " + cache.name()
                            + " gets no further user: definitions of all caches, with their users, have "
                            + ControlLimits.CACHES_BYTES_MAX + " bytes.");
        }
        return Applied.done(now.with(now.caches().replacing(used)));
    }
}
