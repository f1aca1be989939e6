package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.telemetry.NodeLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The ring's caches as a client makes and uses them: a member does it on its behalf, so that a client meets the same rules and reads the
 * same errors. Safe for use by any threads.
 */
final class ClientRegistry implements CacheRegistry {

    private final ControlPlane control;
    private final ClientUses member;
    private final DriftWatch drift;
    /** What is open here; bounded by what the application opens. */
    private final List<ClientUses.Use> uses = new CopyOnWriteArrayList<>();

    ClientRegistry(ControlPlane control, ClientUses member, NodeLog log) {
        this.control = control;
        this.member = member;
        this.drift = new DriftWatch(log);
        control.follow(drift::changed);
    }

    @Override
    public synchronized int join(String name, CacheTraits wanted, Eraser eraser) {
        RingRules.check(name, wanted);
        int id = member.join(name, wanted);
        control.confirmed();
        drift.joined(name, id, wanted, control.state().caches());
        uses.add(new ClientUses.Use(name, id, wanted));
        return id;
    }

    @Override
    public synchronized void quit(int id, CacheTraits traits, boolean hearsMajority) {
        drift.quit(id, traits);
        ClientUses.Use ended = null;
        for (ClientUses.Use use : uses) {
            if (ended == null && use.id() == id && use.traits().equals(traits)) {
                ended = use;
            }
        }
        if (ended == null) {
            return;
        }
        uses.remove(ended); // One of those that are equal to it.
        if (!uses.contains(ended)) {
            member.quit(ended);
        }
    }

    @Override
    public void drop(int id) {
        member.drop(id);
    }

    /** What is open here, each use once. */
    List<ClientUses.Use> uses() {
        return uses.stream().distinct().toList();
    }

    @Override
    public int driftingFields() {
        return drift.fields();
    }

    @Override
    public List<DefinedCache> confirmed() {
        return CacheDefinitions.list(control.confirmed());
    }

    @Override
    public List<DefinedCache> known() {
        return CacheDefinitions.list(control.state());
    }

    @Override
    public List<TraitDifference> driftOf(int id) {
        return drift.differences(id);
    }
}
