package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.ring.MemberSet;
import java.util.List;

/** How a caller gets, keeps and gives back a key: codes 48 to 63. */
final class HoldVerbs {

    private static final EnumCode<HoldKind> KIND =
            new EnumCode<>(HoldKind.class, "kind of hold", List.of(HoldKind.LOAD, HoldKind.EXCLUSIVE));

    private static final EnumCode<HoldAnswer.State> STATE = new EnumCode<>(
            HoldAnswer.State.class,
            "state of hold",
            List.of(
                    HoldAnswer.State.WAITING,
                    HoldAnswer.State.GRANTED,
                    HoldAnswer.State.SERVED,
                    HoldAnswer.State.GONE,
                    HoldAnswer.State.OVERLOADED,
                    HoldAnswer.State.NOT_LEADER));

    private static final EnumCode<LoadResult.State> LOAD = new EnumCode<>(
            LoadResult.State.class,
            "end of load",
            List.of(LoadResult.State.LOADED, LoadResult.State.NOTHING, LoadResult.State.FAILED));

    private HoldVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(48, AskHold.class, HoldVerbs::writeAskHold, HoldVerbs::readAskHold),
                new Verb<>(49, HoldAnswer.class, HoldVerbs::writeHoldAnswer, HoldVerbs::readHoldAnswer),
                new Verb<>(50, RenewHold.class, HoldVerbs::writeRenewHold, HoldVerbs::readRenewHold),
                new Verb<>(51, ReleaseHold.class, HoldVerbs::writeReleaseHold, HoldVerbs::readReleaseHold));
    }

    private static void writeAskHold(AskHold ask, FrameSink out) {
        out.writeLong(ask.hold());
        out.writeLong(ask.client());
        RecordLayout.writeKey(ask.name(), out);
        KIND.write(ask.kind(), out);
        out.writeLong(ask.heldSince());
        out.writeFlag(ask.waits());
        out.writeFlag(ask.breaksLoad());
    }

    private static AskHold readAskHold(int slot, FrameSource in) {
        return new AskHold(
                slot,
                in.readLong("hold"),
                in.readLong("client"),
                RecordLayout.readKey(in),
                KIND.read(in),
                in.readBallot("ballot of earlier grant"),
                in.readFlag("mark of waiting"),
                in.readFlag("mark of breaking"));
    }

    private static void writeHoldAnswer(HoldAnswer answer, FrameSink out) {
        out.writeLong(answer.hold());
        STATE.write(answer.state(), out);
        out.writeLong(answer.ballot());
        out.writeInt(answer.leader());
        out.writeLong(answer.grant());
        out.writeOptional(answer.loaded(), HoldVerbs::writeLoaded);
    }

    private static HoldAnswer readHoldAnswer(int slot, FrameSource in) {
        return new HoldAnswer(
                slot,
                in.readLong("hold"),
                STATE.read(in),
                in.readBallot("ballot"),
                in.readInt("leader", Rejected.NOBODY, MemberSet.SHORT_ID_MAX),
                in.readLong("grant"),
                in.readOptional("loaded value", HoldVerbs::readLoaded));
    }

    private static void writeRenewHold(RenewHold renew, FrameSink out) {
        out.writeLong(renew.hold());
        out.writeLong(renew.client());
        RecordLayout.writeKey(renew.name(), out);
    }

    private static RenewHold readRenewHold(int slot, FrameSource in) {
        return new RenewHold(slot, in.readLong("hold"), in.readLong("client"), RecordLayout.readKey(in));
    }

    private static void writeReleaseHold(ReleaseHold release, FrameSink out) {
        out.writeLong(release.hold());
        out.writeLong(release.client());
        RecordLayout.writeKey(release.name(), out);
        out.writeOptional(release.loaded(), HoldVerbs::writeLoaded);
    }

    private static ReleaseHold readReleaseHold(int slot, FrameSource in) {
        return new ReleaseHold(
                slot,
                in.readLong("hold"),
                in.readLong("client"),
                RecordLayout.readKey(in),
                in.readOptional("loaded value", HoldVerbs::readLoaded));
    }

    static void writeGrant(HoldGrant grant, FrameSink out) {
        out.writeLong(grant.hold());
        out.writeLong(grant.ballot());
        out.writeLong(grant.number());
    }

    static HoldGrant readGrant(FrameSource in) {
        return new HoldGrant(in.readLong("hold"), in.readBallot("ballot of grant"), in.readLong("number of grant"));
    }

    private static void writeLoaded(LoadResult loaded, FrameSink out) {
        LOAD.write(loaded.state(), out);
        out.writeOptional(loaded.value(), (value, sink) -> sink.writeValue(value));
    }

    private static LoadResult readLoaded(FrameSource in) {
        return new LoadResult(LOAD.read(in), in.readOptional("loaded value", source -> source.readValue("value")));
    }
}
