package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.http.FaceLimits;
import dev.hypercache.http.HttpFace;
import dev.hypercache.management.Management;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.http.RouteTable;
import org.jspecify.annotations.Nullable;

/**
 * What a node serves over HTTP on its port, besides frames.
 *
 * @param door answers those who want to be in a ring with the node
 * @param clients answers callers without data of their own
 * @param reforms its part in the next generation of its ring
 * @param face serves entries; null if that is switched off
 * @param management answers operators; null likewise
 * @param health whether the node serves
 * @param caches the caches of its ring
 */
record SocketRoutes(
        SeedDoor door,
        ClientDesk clients,
        ReformDesk reforms,
        @Nullable HttpFace face,
        @Nullable Management management,
        NodeHealth health,
        NodeCaches caches) {

    static SocketRoutes of(Settings settings, SeedCard card, NodeMetrics metrics, NodeSecurity security) {
        NodeHealth health = new NodeHealth((int) settings.number(Setting.REPLICATION_MIN));
        NodeCaches caches = new NodeCaches();
        String name = card.profile().name();
        ReformDesk reforms = new ReformDesk(card.profile(), security.port(), metrics.node());
        SeedDoor door = new SeedDoor(card, security.port(), metrics.node(), reforms);
        Management.Ground ground = new Management.Ground(
                health,
                metrics,
                caches,
                security.port(),
                new MemberCalls(security.port(), health::others),
                security.reloading());
        return new SocketRoutes(
                door,
                new ClientDesk(name, security.port()),
                reforms,
                settings.isOn(Setting.HTTP_ENABLED) ? face(settings, name, metrics) : null,
                settings.isOn(Setting.MANAGEMENT_ENABLED) ? new Management(name, ground) : null,
                health,
                caches);
    }

    private static HttpFace face(Settings settings, String name, NodeMetrics metrics) {
        long windowMillis =
                settings.requestTimeout().toMillis() + settings.clockMaxOffset().toMillis();
        return new HttpFace(FaceLimits.of(windowMillis), name, metrics.node());
    }

    /** What is served while the ring forms. */
    RouteTable beforeTheRing() {
        RouteTable.Builder routes = RouteTable.builder();
        door.addTo(routes);
        if (management != null) {
            management.addHealthTo(routes);
        }
        return routes.build();
    }

    /** Adds what is served by a member of the ring. */
    void addTo(RouteTable.Builder routes) {
        door.addTo(routes);
        clients.addTo(routes);
        if (face != null) {
            face.addTo(routes);
        }
        if (management != null) {
            management.addTo(routes);
        }
    }

    /** The node is a member of its ring. */
    void joined(MemberNode node) {
        caches.joined(node);
        clients.serve(node.clients());
        health.joined(node);
    }

    /** The node is about to leave: nothing new is begun on entries. */
    void leave() {
        health.leaves();
        if (face != null) {
            face.close();
        }
    }

    /** The port is closed: its threads end. */
    void close() {
        leave();
        door.close();
        clients.close();
        reforms.close();
        if (management != null) {
            management.close();
        }
    }
}
