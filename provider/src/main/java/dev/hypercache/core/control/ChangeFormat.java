package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Changes as bytes: the format, the change's id, the kind of command, its fields.
 *
 * <p>What a format's bytes mean, and which bytes it refuses, never changes: all members must agree on it even while their
 * versions differ. A new kind of command, a new field or a wider bound is a new format. A change is written in the oldest
 * format that has it, so that members of older versions go on reading what they know.
 */
final class ChangeFormat {

    static final int VERSION = 3;
    private static final int FIRST_VERSION = 1;
    private static final int SECOND_VERSION = 2;

    private static final String WHOLE = "topology change";

    private static final int KIND_FOUND_RING = 1;
    private static final int KIND_ADMIT_MEMBER = 2;
    private static final int KIND_DRAIN_MEMBER = 3;
    private static final int KIND_REMOVE_MEMBER = 4;
    private static final int KIND_DEFINE_CACHE = 5;
    private static final int KIND_DROP_CACHE = 6;
    private static final int KIND_CHANGE_SLOTS = 7;
    private static final int KIND_LAST_OF_FIRST_VERSION = KIND_CHANGE_SLOTS;
    private static final int KIND_USE_CACHE = 8;
    private static final int KIND_RELEASE_CACHE = 9;
    private static final int KIND_LAST_OF_SECOND_VERSION = KIND_RELEASE_CACHE;
    private static final int KIND_RESOLVE_LOSS = 10;
    private static final int KIND_SET_REPLICATION_FACTOR = 11;
    private static final int KIND_REFORM = 12;
    private static final int KIND_LAST = KIND_REFORM;

    private ChangeFormat() {}

    static Payload encode(ControlChange change) {
        FieldWriter out = new FieldWriter();
        out.number(versionOf(change.command()));
        out.uuid(change.id());
        write(out, change.command());
        return out.finish(WHOLE, ControlLimits.CHANGE_BYTES_MAX);
    }

    static ControlChange decode(Payload bytes) {
        FieldReader in = new FieldReader(WHOLE, bytes, ControlLimits.CHANGE_BYTES_MAX);
        int version = in.number("format", 0, 127);
        NewerFormatException.check(WHOLE, version, VERSION);
        UUID id = in.uuid("id");
        ControlCommand command = command(in, lastKindOf(version));
        in.finish();
        return new ControlChange(id, command);
    }

    private static int lastKindOf(int version) {
        if (version == VERSION) {
            return KIND_LAST;
        }
        return version == SECOND_VERSION ? KIND_LAST_OF_SECOND_VERSION : KIND_LAST_OF_FIRST_VERSION;
    }

    private static int versionOf(ControlCommand command) {
        if (command instanceof ResolveLoss || command instanceof SetReplicationFactor || command instanceof Reform) {
            return VERSION;
        }
        return command instanceof UseCache || command instanceof ReleaseCache ? SECOND_VERSION : FIRST_VERSION;
    }

    private static void write(FieldWriter out, ControlCommand command) {
        if (command instanceof FoundRing found) {
            out.number(KIND_FOUND_RING);
            write(out, found);
        } else if (command instanceof AdmitMember admit) {
            out.number(KIND_ADMIT_MEMBER);
            ValueFormat.write(out, admit.profile());
        } else if (command instanceof DrainMember drain) {
            out.number(KIND_DRAIN_MEMBER);
            ValueFormat.write(out, drain.member());
        } else if (command instanceof RemoveMember remove) {
            out.number(KIND_REMOVE_MEMBER);
            ValueFormat.write(out, remove.member());
        } else if (command instanceof DefineCache define) {
            out.number(KIND_DEFINE_CACHE);
            out.text("name of a cache", define.name());
            ValueFormat.write(out, define.attributes());
            out.payload(define.configuration());
        } else if (command instanceof DropCache drop) {
            out.number(KIND_DROP_CACHE);
            out.number(drop.id());
        } else if (command instanceof UseCache use) {
            write(out, KIND_USE_CACHE, use.id(), use.user());
        } else if (command instanceof ReleaseCache release) {
            write(out, KIND_RELEASE_CACHE, release.id(), release.user());
        } else if (command instanceof ChangeSlots change) {
            out.number(KIND_CHANGE_SLOTS);
            StepFormat.write(out, change.steps());
        } else if (command instanceof ResolveLoss resolve) {
            out.number(KIND_RESOLVE_LOSS);
            LossFormat.write(out, resolve);
        } else if (command instanceof SetReplicationFactor set) {
            out.number(KIND_SET_REPLICATION_FACTOR);
            out.number(set.replicationFactor());
        } else {
            out.number(KIND_REFORM);
            LossFormat.write(out, (Reform) command);
        }
    }

    private static void write(FieldWriter out, int kind, int cache, NodeId user) {
        out.number(kind);
        out.number(cache);
        ValueFormat.write(out, user);
    }

    private static ControlCommand command(FieldReader in, int lastKind) {
        return switch (in.number("kind of command", KIND_FOUND_RING, lastKind)) {
            case KIND_FOUND_RING -> foundRing(in);
            case KIND_ADMIT_MEMBER -> new AdmitMember(ValueFormat.profile(in));
            case KIND_DRAIN_MEMBER -> new DrainMember(ValueFormat.nodeId(in));
            case KIND_REMOVE_MEMBER -> new RemoveMember(ValueFormat.nodeId(in));
            case KIND_DEFINE_CACHE ->
                new DefineCache(
                        in.text("name of a cache", ControlLimits.TEXT_LENGTH_MAX),
                        ValueFormat.attributes(in),
                        in.payload("configuration", ControlLimits.CONFIGURATION_BYTES_MAX));
            case KIND_DROP_CACHE -> new DropCache(cacheId(in));
            case KIND_USE_CACHE -> new UseCache(cacheId(in), ValueFormat.nodeId(in));
            case KIND_RELEASE_CACHE -> new ReleaseCache(cacheId(in), ValueFormat.nodeId(in));
            case KIND_CHANGE_SLOTS -> new ChangeSlots(StepFormat.steps(in));
            case KIND_RESOLVE_LOSS -> LossFormat.resolveLoss(in);
            case KIND_SET_REPLICATION_FACTOR ->
                new SetReplicationFactor(in.number("replication factor", 1, ControlLimits.REPLICATION_FACTOR_MAX));
            default -> LossFormat.reform(in);
        };
    }

    private static int cacheId(FieldReader in) {
        return in.number("cache id", 1, Integer.MAX_VALUE);
    }

    private static void write(FieldWriter out, FoundRing found) {
        ValueFormat.write(out, found.ring());
        out.number(found.founders().size());
        found.founders().forEach(founder -> ValueFormat.write(out, founder));
        found.voters().forEach(voters -> ValueFormat.write(out, voters));
    }

    private static FoundRing foundRing(FieldReader in) {
        RingSettings ring = ValueFormat.settings(in);
        List<NodeProfile> founders = new ArrayList<>();
        int count = in.number("number of founders", 0, ControlLimits.FOUNDERS_MAX);
        for (int i = 0; i < count; i++) {
            founders.add(ValueFormat.profile(in));
        }
        List<MemberSet> voters = new ArrayList<>();
        for (int slot = 0; slot < ring.slots(); slot++) {
            voters.add(ValueFormat.members(in, "voters", ControlLimits.REPLICATION_FACTOR_MAX));
        }
        return new FoundRing(ring, founders, voters);
    }
}
