package dev.hypercache.transport.frame;

import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.ring.MemberSet;
import java.util.List;

/** What a caller asks of a leader or of a replica, and what comes back: codes 32 to 47. */
final class RequestVerbs {

    private static final EnumCode<Rejected.Reason> REASON = new EnumCode<>(
            Rejected.Reason.class,
            "reason",
            List.of(
                    Rejected.Reason.NOT_LEADER,
                    Rejected.Reason.OVERLOADED,
                    Rejected.Reason.NO_QUORUM,
                    Rejected.Reason.TOKEN_EXPIRED,
                    Rejected.Reason.DEPOSED,
                    Rejected.Reason.TIMED_OUT,
                    Rejected.Reason.NO_COPY,
                    Rejected.Reason.SLOT_RESET));

    private RequestVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(32, Execute.class, RequestVerbs::writeExecute, RequestVerbs::readExecute),
                new Verb<>(33, ExecuteClear.class, RequestVerbs::writeExecuteClear, RequestVerbs::readExecuteClear),
                new Verb<>(34, Executed.class, RequestVerbs::writeExecuted, RequestVerbs::readExecuted),
                new Verb<>(35, Rejected.class, RequestVerbs::writeRejected, RequestVerbs::readRejected),
                new Verb<>(36, ReadReplica.class, RequestVerbs::writeReadReplica, RequestVerbs::readReadReplica),
                new Verb<>(37, ReplicaRead.class, RequestVerbs::writeReplicaRead, RequestVerbs::readReplicaRead));
    }

    private static void writeExecute(Execute execute, FrameSink out) {
        writeHead(execute.head(), out);
        out.writeInt(execute.cache());
        OpLayout.write(execute.op(), execute.cache(), out);
        out.writeFlag(execute.pastHolder());
        out.writeOptional(execute.hold(), HoldVerbs::writeGrant);
    }

    private static Execute readExecute(int slot, FrameSource in) {
        RequestHead head = readHead(in);
        int cache = in.readInt("cache");
        return new Execute(
                slot,
                head,
                cache,
                OpLayout.read(cache, in),
                in.readFlag("mark of passing"),
                in.readOptional("hold", HoldVerbs::readGrant));
    }

    private static void writeExecuteClear(ExecuteClear clear, FrameSink out) {
        writeHead(clear.head(), out);
        out.writeInt(clear.cache());
    }

    private static ExecuteClear readExecuteClear(int slot, FrameSource in) {
        return new ExecuteClear(slot, readHead(in), in.readInt("cache"));
    }

    static void writeHead(RequestHead head, FrameSink out) {
        out.writeLong(head.id());
        out.writeOptional(head.token(), LineageLayout::writeToken);
        out.writeLong(head.lowestUnanswered());
        out.writeInt(head.attempt());
        out.writeInt(head.begunIn());
        out.writeFlag(head.toAll());
        out.writeLong(head.remainingMillis());
    }

    static RequestHead readHead(FrameSource in) {
        return new RequestHead(
                in.readLong("request"),
                in.readOptional("token", LineageLayout::readToken),
                in.readLong("lowest unanswered sequence"),
                in.readInt("attempt"),
                in.readInt("epoch of the slot's beginning"),
                in.readFlag("mark of all voters"),
                in.readLong("remaining time"));
    }

    private static void writeExecuted(Executed executed, FrameSink out) {
        out.writeLong(executed.request());
        out.writeInt(executed.attempt());
        out.writeLong(executed.ballot());
        LineageLayout.writeOutcome(executed.outcome(), out);
        out.writeOptional(executed.expired(), RequestVerbs::writeExpired);
        out.writeFlag(executed.recorded());
        out.writeOptional(executed.accept(), RequestVerbs::writeCallerAccept);
    }

    private static Executed readExecuted(int slot, FrameSource in) {
        return new Executed(
                slot,
                in.readLong("request"),
                in.readInt("attempt"),
                in.readBallot("ballot"),
                LineageLayout.readOutcome(in),
                in.readOptional("expired entry", RequestVerbs::readExpired),
                in.readFlag("mark of a record"),
                in.readOptional("accept", RequestVerbs::readCallerAccept));
    }

    private static void writeExpired(ExpiredFound expired, FrameSink out) {
        RecordLayout.writeRecord(expired.record(), out);
        out.writeFlag(expired.before());
    }

    private static ExpiredFound readExpired(FrameSource in) {
        return new ExpiredFound(RecordLayout.readRecord(in), in.readFlag("mark of an earlier removal"));
    }

    static void writeCallerAccept(CallerAccept accept, FrameSink out) {
        out.writeOptional(accept.name(), RecordLayout::writeKey);
        out.writeOptional(accept.entry(), RecordLayout::writeEntry);
        ClearLayout.writeAll(accept.clears(), out);
        out.writeLong(accept.committed());
        out.writeLong(accept.slotTimeMillis());
    }

    static CallerAccept readCallerAccept(FrameSource in) {
        return new CallerAccept(
                in.readOptional("name", RecordLayout::readKey),
                in.readOptional("entry", RecordLayout::readEntry),
                ClearLayout.readAll(in),
                in.readLong("committed sequence"),
                in.readLong("slot time"));
    }

    private static void writeRejected(Rejected rejected, FrameSink out) {
        out.writeLong(rejected.request());
        out.writeInt(rejected.attempt());
        REASON.write(rejected.reason(), out);
        out.writeInt(rejected.leader());
        out.writeLong(rejected.slotTimeMillis());
    }

    private static Rejected readRejected(int slot, FrameSource in) {
        return new Rejected(
                slot,
                in.readLong("request"),
                in.readInt("attempt"),
                REASON.read(in),
                in.readInt("leader", Rejected.NOBODY, MemberSet.SHORT_ID_MAX),
                in.readLong("slot time"));
    }

    private static void writeReadReplica(ReadReplica read, FrameSink out) {
        out.writeLong(read.request());
        out.writeInt(read.epoch());
        RecordLayout.writeKey(read.name(), out);
    }

    private static ReadReplica readReadReplica(int slot, FrameSource in) {
        return new ReadReplica(
                slot, in.readLong("request"), in.readInt("epoch", 0, Integer.MAX_VALUE), RecordLayout.readKey(in));
    }

    private static void writeReplicaRead(ReplicaRead read, FrameSink out) {
        out.writeLong(read.request());
        out.writeFlag(read.refused());
        out.writeFlag(read.complete());
        out.writeLong(read.promised());
        out.writeOptional(read.entry(), RecordLayout::writeEntry);
        out.writeOptional(read.cleared(), ClearLayout::write);
        RecordLayout.writeVersion(read.floor(), out);
        out.writeLong(read.committed());
        out.writeLong(read.slotTimeMillis());
    }

    private static ReplicaRead readReplicaRead(int slot, FrameSource in) {
        return new ReplicaRead(
                slot,
                in.readLong("request"),
                in.readFlag("mark of a refusal"),
                in.readFlag("mark of a complete copy"),
                in.readBallot("promised ballot"),
                in.readOptional("entry", RecordLayout::readEntry),
                in.readOptional("clear", ClearLayout::read),
                RecordLayout.readVersion(in),
                in.readLong("committed sequence"),
                in.readLong("slot time"));
    }
}
