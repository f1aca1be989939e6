package dev.hypercache.runtime.ring;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.move.MoveCounts;
import dev.hypercache.core.move.Moves;
import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSource;
import org.jspecify.annotations.Nullable;

/** What the parts of a node know by themselves and telemetry asks for; a client compares no copies. */
record NodeGauges(
        NodeParts parts, @Nullable RepairLoop repair, HintLedger hints, Moves moves, Deaths deaths, PeerWatch watch)
        implements MetricSource {

    @Override
    public long read(MetricName gauge) {
        return switch (gauge) {
            case REQUESTS_IN_FLIGHT -> parts.admission().underWay();
            case REPAIR_INTERVAL -> repair == null ? 0 : repair.intervalMillis();
            case TOMBSTONES -> parts.cells().tombstones();
            case CACHE_DRIFT -> parts.definitions().driftingFields();
            case CACHES_KEPT -> parts.cells().cachesKept();
            case HINTS_PENDING -> hints.counts().pending();
            case HINTS_BYTES -> hints.counts().bytes();
            case MEMBERS_SUSPECTED -> watch.suspected().cardinality();
            case MEMBERS -> parts.links().members().size();
            case CLIENTS -> parts.links().clients().count();
            case MEMBERS_DEAD -> deaths.count();
            case TOPOLOGY_INDEX -> parts.control().state().index();
            case SLOTS_HELD -> parts.cells().held();
            case SLOTS_LED -> parts.cells().led();
            case SLOTS_LOST -> parts.losses().count();
            case SLOTS_UNDER_REPLICATED -> Replicas.wanting(parts.control().state(), watch.suspected());
            case MOVES_BEGUN,
                    MOVES_COMPLETED,
                    MOVES_FAILED,
                    MOVES_OPEN,
                    MOVES_RECORDS,
                    MOVES_BYTES,
                    MOVES_RETRIES,
                    MOVES_THROTTLED -> ofMoves(gauge, moves.counts());
            default -> ofTransport(gauge, parts.links().transport().counts());
        };
    }

    private static long ofMoves(MetricName gauge, MoveCounts counts) {
        return switch (gauge) {
            case MOVES_BEGUN -> counts.begun();
            case MOVES_COMPLETED -> counts.completed();
            case MOVES_FAILED -> counts.failed();
            case MOVES_OPEN -> counts.open();
            case MOVES_RECORDS -> counts.records();
            case MOVES_BYTES -> counts.bytes();
            case MOVES_RETRIES -> counts.retries();
            default -> counts.throttledMillis();
        };
    }

    private static long ofTransport(MetricName gauge, TransportCounts counts) {
        return switch (gauge) {
            case TRANSPORT_CONNECTIONS -> counts.connections();
            case TRANSPORT_BYTES_IN -> counts.bytesIn();
            case TRANSPORT_BYTES_OUT -> counts.bytesOut();
            case TRANSPORT_FRAMES_IN -> counts.framesIn();
            case TRANSPORT_FRAMES_OUT -> counts.framesOut();
            case TRANSPORT_RECONNECTS -> counts.reconnects();
            case TRANSPORT_OVERLOADS -> counts.overloads();
            case TRANSPORT_STALLS -> counts.stalls();
            case TRANSPORT_REFUSALS -> counts.refusals();
            case TRANSPORT_COMPRESSIONS -> counts.compressions();
            case TRANSPORT_BYTES_SAVED -> counts.bytesSaved();
            default -> throw new IllegalArgumentException("nobody here answers for " + gauge);
        };
    }
}
