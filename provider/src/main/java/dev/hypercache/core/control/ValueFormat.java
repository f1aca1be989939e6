package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of the values that both changes and states consist of. */
final class ValueFormat {

    private static final int HOST_LENGTH_MAX = 253;
    private static final int PORT_MAX = 65_535;

    private ValueFormat() {}

    static void write(FieldWriter out, MemberSet members) {
        out.number(members.size());
        for (int member : members.toArray()) {
            out.number(member);
        }
    }

    static MemberSet members(FieldReader in, String what, int max) {
        int[] members = new int[in.number("number of " + what, 0, max)];
        for (int i = 0; i < members.length; i++) {
            members[i] = in.number(what, 0, MemberSet.SHORT_ID_MAX);
        }
        return MemberSet.of(members);
    }

    static void write(FieldWriter out, NodeId id) {
        out.text("node name", id.name());
        out.number(id.incarnation().bootId());
    }

    static NodeId nodeId(FieldReader in) {
        String name = in.text("node name", NodeId.NAME_LENGTH_MAX);
        return new NodeId(name, new Incarnation(in.bigNumber("incarnation", 0, Long.MAX_VALUE)));
    }

    static void write(FieldWriter out, NodeProfile profile) {
        out.text("node name", profile.name());
        out.uuid(profile.boot());
        out.text("host", profile.address().host());
        out.number(profile.address().port());
        out.number(profile.weight());
        out.text("zone", profile.zone());
    }

    static NodeProfile profile(FieldReader in) {
        return new NodeProfile(
                in.text("node name", NodeId.NAME_LENGTH_MAX),
                in.uuid("boot"),
                new Address(in.text("host", HOST_LENGTH_MAX), in.number("port", 1, PORT_MAX)),
                in.number("weight", 1, NodeProfile.WEIGHT_MAX),
                in.text("zone", ControlLimits.LABEL_LENGTH_MAX));
    }

    static void write(FieldWriter out, RingId ring) {
        out.uuid(ring.id());
        out.number(ring.generation());
    }

    static RingId ring(FieldReader in) {
        return new RingId(in.uuid("ring id"), in.bigNumber("generation", 1, Long.MAX_VALUE));
    }

    static void write(FieldWriter out, RingSettings settings) {
        write(out, settings.ring());
        out.number(settings.slots());
        out.number(settings.replicationFactor());
        write(out, settings.agreed());
    }

    static RingSettings settings(FieldReader in) {
        return new RingSettings(
                ring(in),
                in.number("number of slots", 1, SlotSpace.SLOTS_MAX),
                in.number("replication factor", 1, ControlLimits.REPLICATION_FACTOR_MAX),
                attributes(in));
    }

    static void write(FieldWriter out, Map<String, String> attributes) {
        out.number(attributes.size());
        attributes.forEach((key, value) -> {
            out.text("attribute's key", key);
            out.text("attribute", value);
        });
    }

    static SortedMap<String, String> attributes(FieldReader in) {
        SortedMap<String, String> attributes = new TreeMap<>();
        int count = in.number("number of attributes", 0, ControlLimits.ATTRIBUTES_MAX);
        for (int i = 0; i < count; i++) {
            String key = in.text("attribute's key", ControlLimits.LABEL_LENGTH_MAX);
            attributes.put(key, in.text("attribute " + key, ControlLimits.TEXT_LENGTH_MAX));
        }
        return attributes;
    }
}
