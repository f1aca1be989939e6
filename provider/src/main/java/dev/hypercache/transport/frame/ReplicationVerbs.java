package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AcceptClear;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearAccepted;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Confirmed;
import java.util.List;

/** What a leader tells its followers, and what they answer: codes 16 to 31. */
final class ReplicationVerbs {

    private ReplicationVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(16, Accept.class, ReplicationVerbs::writeAccept, ReplicationVerbs::readAccept),
                new Verb<>(17, Accepted.class, ReplicationVerbs::writeAccepted, ReplicationVerbs::readAccepted),
                new Verb<>(
                        18, AcceptClear.class, ReplicationVerbs::writeAcceptClear, ReplicationVerbs::readAcceptClear),
                new Verb<>(
                        19,
                        ClearAccepted.class,
                        ReplicationVerbs::writeClearAccepted,
                        ReplicationVerbs::readClearAccepted),
                new Verb<>(20, Confirm.class, ReplicationVerbs::writeConfirm, ReplicationVerbs::readConfirm),
                new Verb<>(21, Confirmed.class, ReplicationVerbs::writeConfirmed, ReplicationVerbs::readConfirmed));
    }

    private static void writeAccept(Accept accept, FrameSink out) {
        out.writeLong(accept.ballot());
        RecordLayout.writeEntry(accept.entry(), out);
        ClearLayout.writeAll(accept.clears(), out);
        out.writeLong(accept.committed());
        out.writeLong(accept.slotTimeMillis());
    }

    private static Accept readAccept(int slot, FrameSource in) {
        return new Accept(
                slot,
                in.readBallot("ballot"),
                RecordLayout.readEntry(in),
                ClearLayout.readAll(in),
                in.readLong("committed sequence"),
                in.readLong("slot time"));
    }

    private static void writeAccepted(Accepted accepted, FrameSink out) {
        out.writeLong(accepted.ballot());
        RecordLayout.writeKey(accepted.name(), out);
        RecordLayout.writeVersion(accepted.version(), out);
        out.writeLong(accepted.clockMillis());
    }

    private static Accepted readAccepted(int slot, FrameSource in) {
        return new Accepted(
                slot,
                in.readBallot("ballot"),
                RecordLayout.readKey(in),
                RecordLayout.readVersion(in),
                in.readLong("clock"));
    }

    private static void writeAcceptClear(AcceptClear clear, FrameSink out) {
        out.writeLong(clear.ballot());
        ClearLayout.write(clear.mark(), out);
        out.writeLong(clear.slotTimeMillis());
    }

    private static AcceptClear readAcceptClear(int slot, FrameSource in) {
        return new AcceptClear(slot, in.readBallot("ballot"), ClearLayout.read(in), in.readLong("slot time"));
    }

    private static void writeClearAccepted(ClearAccepted accepted, FrameSink out) {
        out.writeLong(accepted.ballot());
        out.writeInt(accepted.cache());
        RecordLayout.writeVersion(accepted.version(), out);
    }

    private static ClearAccepted readClearAccepted(int slot, FrameSource in) {
        return new ClearAccepted(slot, in.readBallot("ballot"), in.readInt("cache"), RecordLayout.readVersion(in));
    }

    private static void writeConfirm(Confirm confirm, FrameSink out) {
        out.writeLong(confirm.ballot());
        out.writeLong(confirm.round());
        out.writeLong(confirm.filled());
        out.writeLong(confirm.slotTimeMillis());
    }

    private static Confirm readConfirm(int slot, FrameSource in) {
        return new Confirm(
                slot,
                in.readBallot("ballot"),
                in.readLong("round"),
                in.readLong("filled copy"),
                in.readLong("slot time"));
    }

    private static void writeConfirmed(Confirmed confirmed, FrameSink out) {
        out.writeLong(confirmed.ballot());
        out.writeLong(confirmed.round());
        out.writeFlag(confirmed.complete());
        out.writeLong(confirmed.clockMillis());
    }

    private static Confirmed readConfirmed(int slot, FrameSource in) {
        return new Confirmed(
                slot,
                in.readBallot("ballot"),
                in.readLong("round"),
                in.readFlag("mark of a complete copy"),
                in.readLong("clock"));
    }
}
