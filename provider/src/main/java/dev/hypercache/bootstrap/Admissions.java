package dev.hypercache.bootstrap;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.PortSecurity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who ask a node for admission to its ring: what can be told at the door is told here, the rest by the ring.
 *
 * <p>A name that is a member's comes back after a restart, and proves the former life dead. Where that one still answers at its address,
 * two processes live under one name: the second is refused, and both logs say so. Safe for use by any threads.
 */
final class Admissions {

    private static final long PAUSE_MILLIS = 500;

    private final NodeProfile self;
    private final PortSecurity security;
    private final MetricSet metrics;
    private final NodeLog log;
    private final SeedClient client;
    private volatile @Nullable JoinDesk desk;

    Admissions(NodeProfile self, PortSecurity security, MetricSet metrics, NodeLog log) {
        this.self = self;
        this.security = security;
        this.metrics = metrics;
        this.log = log;
        this.client = new SeedClient(security);
    }

    void open(JoinDesk newDesk) {
        desk = newDesk;
    }

    JoinAnswer answer(JoinRequest request, Caller caller, SeedCard card) {
        JoinAnswer answer = decide(request, caller, card);
        String name = request.profile().name();
        if (answer instanceof JoinAnswer.Admitted admitted) {
            metrics.count(MetricName.JOINS_ADMITTED);
            security.audit().record("NODE_ADMITTED", "name", name, "as", String.valueOf(admitted.node()));
        } else if (answer instanceof JoinAnswer.Refused refused) {
            metrics.count(MetricName.JOINS_REFUSED);
            security.audit().record("NODE_REFUSED", "name", name, "reason", refused.reason());
        } else {
            metrics.count(MetricName.JOINS_DEFERRED);
        }
        return answer;
    }

    private JoinAnswer decide(JoinRequest request, Caller caller, SeedCard card) {
        String certified = caller.node();
        if (certified != null && !certified.equals(request.profile().name())) {
            return new JoinAnswer.Refused("node '" + request.profile().name() + "' has a certificate of node '"
                    + certified + "'. Give it its own, or leave hypercache.node.name unset.");
        }
        JoinDesk present = desk;
        if (card.founding() == null || present == null) {
            return new JoinAnswer.Wait(
                    "a member: node '" + self.name() + "' is in no ring, or about to take part",
                    PAUSE_MILLIS,
                    List.of());
        }
        NodeProfile former = request.profile().name().equals(self.name())
                ? self
                : present.member(request.profile().name());
        return former != null && lives(former, request.profile())
                ? twins(former, request.profile())
                : present.admit(request);
    }

    private boolean lives(NodeProfile former, NodeProfile newcomer) {
        if (former.boot().equals(newcomer.boot())) {
            return false;
        }
        if (former.equals(self)) {
            return true;
        }
        SeedCard shown = null;
        try {
            shown = client.ask(former.address());
        } catch (RingRefusedException unknown) {
            // What answers there now is not that member.
        }
        return shown != null && shown.profile().boot().equals(former.boot());
    }

    private JoinAnswer twins(NodeProfile former, NodeProfile newcomer) {
        metrics.count(MetricName.NAME_CONFLICTS);
        log.error("ring")
                .addKeyValue("member", former.address())
                .addKeyValue("newcomer", newcomer.address())
                .log("Two living nodes are called '" + former.name()
                        + "'; the second is refused. Give each its own name.");
        return new JoinAnswer.Refused(
                "two living nodes are called '" + former.name() + "': the member at " + former.address()
                        + ", and this one at " + newcomer.address() + ". Give each its own hypercache.node.name.");
    }
}
