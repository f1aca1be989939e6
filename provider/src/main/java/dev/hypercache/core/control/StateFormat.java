package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States as bytes, for the checkpoints of a log. Indexes of the past are written as distances from the state's own. The second
 * format has the users of caches, the third one what slots lost; a state is written in the oldest format that
 * has all of it, which older members read, too.
 */
final class StateFormat {

    private static final int VERSION = 3;
    private static final int SECOND_VERSION = 2;
    private static final int FIRST_VERSION = 1;

    private static final String WHOLE = "topology state";

    /** The steps leave a slot fewer holders; admissions can add a learner per elector. */
    private static final int LEARNERS_MAX = ControlLimits.LEARNERS_MAX + 2 * ControlLimits.REPLICATION_FACTOR_MAX;

    private StateFormat() {}

    static Payload encode(ControlState state) {
        FieldWriter out = new FieldWriter();
        int version = versionOf(state);
        out.number(version);
        out.number(state.index());
        RingSettings ring = state.ring();
        out.flag(ring != null);
        if (ring != null) {
            ValueFormat.write(out, ring);
        }
        write(out, state.roster());
        state.slots().entries().forEach(entry -> write(out, entry, state.index(), version));
        write(out, state.caches(), version);
        return out.finish(WHOLE, ControlLimits.STATE_BYTES_MAX);
    }

    static ControlState decode(Payload bytes) {
        FieldReader in = new FieldReader(WHOLE, bytes, ControlLimits.STATE_BYTES_MAX);
        int version = in.number("format", 0, 127);
        NewerFormatException.check(WHOLE, version, VERSION);
        long index = in.bigNumber("index", 0, Long.MAX_VALUE);
        RingSettings ring = in.flag("whether a ring is founded") ? ValueFormat.settings(in) : null;
        Roster roster = roster(in);
        SlotTable slots = slots(in, ring, index, version);
        CacheCatalog caches = caches(in, version);
        if (caches.usedWithin(roster) != caches) {
            throw new IllegalArgumentException(WHOLE + ": a user of a cache is no member.");
        }
        in.finish();
        return new ControlState(index, ring, roster, slots, caches);
    }

    private static void write(FieldWriter out, Roster roster) {
        out.number(roster.lastIncarnation());
        out.number(roster.lastShortId());
        out.number(roster.size());
        for (Member member : roster.members()) {
            out.number(member.shortId());
            out.number(member.incarnation().bootId());
            out.flag(member.draining());
            ValueFormat.write(out, member.profile());
        }
    }

    private static Roster roster(FieldReader in) {
        long lastIncarnation = in.bigNumber("last incarnation", 0, Long.MAX_VALUE);
        int lastShortId = in.number("last short id", 0, MemberSet.SHORT_ID_MAX);
        List<Member> members = new ArrayList<>();
        int count = in.number("number of members", 0, ControlLimits.MEMBERS_MAX);
        for (int i = 0; i < count; i++) {
            int shortId = in.number("short id", 1, MemberSet.SHORT_ID_MAX);
            Incarnation incarnation = new Incarnation(in.bigNumber("incarnation", 1, lastIncarnation));
            boolean draining = in.flag("whether a member drains");
            members.add(new Member(shortId, incarnation, ValueFormat.profile(in), draining));
        }
        return new Roster(members, lastIncarnation, lastShortId);
    }

    private static void write(FieldWriter out, SlotEntry entry, long index, int version) {
        SlotConfiguration configuration = entry.configuration();
        out.number(configuration.epoch());
        if (version == VERSION) {
            out.number(configuration.epoch() - configuration.begunIn());
            out.flag(configuration.rescued());
        }
        ValueFormat.write(out, configuration.voters());
        ValueFormat.write(out, configuration.incoming());
        ValueFormat.write(out, configuration.learners());
        out.number(index - entry.changedAt());
        for (int holder : configuration.holders().toArray()) {
            out.number(index - since(entry, holder));
        }
    }

    private static long since(SlotEntry entry, int holder) {
        Long since = entry.heldSince().get(holder);
        return since == null ? entry.changedAt() : since;
    }

    private static SlotTable slots(FieldReader in, @Nullable RingSettings ring, long index, int version) {
        List<SlotEntry> entries = new ArrayList<>();
        for (int slot = 0; ring != null && slot < ring.slots(); slot++) {
            entries.add(slot(in, index, version));
        }
        return new SlotTable(entries);
    }

    private static SlotEntry slot(FieldReader in, long index, int version) {
        int epoch = in.number("epoch", 1, Integer.MAX_VALUE);
        int begunIn = version == VERSION ? epoch - in.number("epochs since a slot began", 0, epoch - 1) : 1;
        boolean rescued = version == VERSION && in.flag("whether a slot switches to survivors");
        SlotConfiguration configuration = new SlotConfiguration(
                epoch,
                ValueFormat.members(in, "voters", ControlLimits.REPLICATION_FACTOR_MAX),
                ValueFormat.members(in, "incoming voters", ControlLimits.REPLICATION_FACTOR_MAX),
                ValueFormat.members(in, "learners", LEARNERS_MAX),
                begunIn,
                rescued);
        long changedAt = index - in.bigNumber("age of a slot", 0, index);
        Map<Integer, Long> heldSince = new HashMap<>();
        for (int holder : configuration.holders().toArray()) {
            heldSince.put(holder, index - in.bigNumber("age of a copy", 0, index));
        }
        return new SlotEntry(configuration, changedAt, heldSince);
    }

    private static int versionOf(ControlState state) {
        boolean hasLost = state.slots().entries().stream()
                .anyMatch(entry -> entry.configuration().begunIn() > 1
                        || entry.configuration().rescued());
        if (hasLost) {
            return VERSION;
        }
        return hasUsers(state.caches()) ? SECOND_VERSION : FIRST_VERSION;
    }

    private static boolean hasUsers(CacheCatalog catalog) {
        return catalog.caches().stream().anyMatch(cache -> !cache.users().isEmpty());
    }

    private static void write(FieldWriter out, CacheCatalog catalog, int version) {
        out.number(catalog.lastId());
        out.number(catalog.caches().size());
        for (CacheDefinition cache : catalog.caches()) {
            out.number(cache.id());
            out.text("name of a cache", cache.name());
            ValueFormat.write(out, cache.attributes());
            out.payload(cache.configuration());
            if (version > FIRST_VERSION) {
                ValueFormat.write(out, cache.users());
            }
        }
    }

    private static CacheCatalog caches(FieldReader in, int version) {
        int lastId = in.number("last cache id", 0, Integer.MAX_VALUE);
        List<CacheDefinition> caches = new ArrayList<>();
        int count = in.number("number of caches", 0, ControlLimits.CACHES_MAX);
        for (int i = 0; i < count; i++) {
            caches.add(new CacheDefinition(
                    in.number("cache id", 1, Integer.MAX_VALUE),
                    in.text("name of a cache", ControlLimits.TEXT_LENGTH_MAX),
                    ValueFormat.attributes(in),
                    in.payload("configuration", ControlLimits.CONFIGURATION_BYTES_MAX),
                    version == FIRST_VERSION
                            ? MemberSet.EMPTY
                            : ValueFormat.members(in, "users", ControlLimits.MEMBERS_MAX)));
        }
        return new CacheCatalog(caches, lastId);
    }
}
