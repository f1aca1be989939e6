package dev.hypercache.runtime.ring;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSource;

/** What the parts of a member know by themselves and telemetry asks for. */
record NodeGauges(NodeParts parts, RepairLoop repair, HintLedger hints, Transport transport, PeerWatch watch)
        implements MetricSource {

    @Override
    public long read(MetricName gauge) {
        return switch (gauge) {
            case REQUESTS_IN_FLIGHT -> parts.admission().underWay();
            case REPAIR_INTERVAL -> repair.intervalMillis();
            case TOMBSTONES -> parts.cells().tombstones();
            case HINTS_PENDING -> hints.counts().pending();
            case HINTS_BYTES -> hints.counts().bytes();
            case TRANSPORT_CONNECTIONS -> transport.counts().connections();
            case TRANSPORT_BYTES_IN -> transport.counts().bytesIn();
            case TRANSPORT_BYTES_OUT -> transport.counts().bytesOut();
            case TRANSPORT_FRAMES_IN -> transport.counts().framesIn();
            case TRANSPORT_FRAMES_OUT -> transport.counts().framesOut();
            case TRANSPORT_RECONNECTS -> transport.counts().reconnects();
            case TRANSPORT_OVERLOADS -> transport.counts().overloads();
            case TRANSPORT_STALLS -> transport.counts().stalls();
            case TRANSPORT_REFUSALS -> transport.counts().refusals();
            case TRANSPORT_COMPRESSIONS -> transport.counts().compressions();
            case TRANSPORT_BYTES_SAVED -> transport.counts().bytesSaved();
            default -> watch.suspected().cardinality();
        };
    }
}
