package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskBucketVersions;
import dev.hypercache.core.message.AskBuckets;
import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.AskPair;
import dev.hypercache.core.message.BucketName;
import dev.hypercache.core.message.BucketPage;
import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.message.CacheBuckets;
import dev.hypercache.core.message.CacheRoot;
import dev.hypercache.core.message.HeldPage;
import dev.hypercache.core.message.HeldVersion;
import dev.hypercache.core.message.PairRoots;
import dev.hypercache.core.message.PairSame;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.message.StaleSeen;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotSpace;
import java.util.List;

/** How replicas find out in what they differ: codes 96 to 111. */
final class RepairVerbs {

    private RepairVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(96, AskPair.class, RepairVerbs::writeAskPair, RepairVerbs::readAskPair),
                new Verb<>(97, PairSame.class, RepairVerbs::writePairSame, RepairVerbs::readPairSame),
                new Verb<>(98, PairRoots.class, RepairVerbs::writePairRoots, RepairVerbs::readPairRoots),
                new Verb<>(99, AskBuckets.class, RepairVerbs::writeAskBuckets, RepairVerbs::readAskBuckets),
                new Verb<>(100, BucketPage.class, RepairVerbs::writeBucketPage, RepairVerbs::readBucketPage),
                new Verb<>(
                        101,
                        AskBucketVersions.class,
                        RepairVerbs::writeAskBucketVersions,
                        RepairVerbs::readAskBucketVersions),
                new Verb<>(102, AskHeld.class, RepairVerbs::writeAskHeld, RepairVerbs::readAskHeld),
                new Verb<>(103, HeldPage.class, RepairVerbs::writeHeldPage, RepairVerbs::readHeldPage),
                new Verb<>(104, StaleSeen.class, RepairVerbs::writeStaleSeen, RepairVerbs::readStaleSeen));
    }

    private static void writeAskPair(AskPair ask, FrameSink out) {
        out.writeLong(ask.cycle());
        out.writeLong(ask.sum());
        out.writeLong(ask.mix());
    }

    private static AskPair readAskPair(int slot, FrameSource in) {
        requireNoSlot(slot, in);
        return new AskPair(in.readLong("cycle"), in.readLong("sum"), in.readLong("mix"));
    }

    /** What concerns no slot names the first one, so that each message has one form. */
    private static void requireNoSlot(int slot, FrameSource in) {
        if (slot != 0) {
            throw in.refusal("slot " + slot + " of a message that concerns no slot");
        }
    }

    private static void writePairSame(PairSame same, FrameSink out) {
        out.writeLong(same.cycle());
    }

    private static PairSame readPairSame(int slot, FrameSource in) {
        requireNoSlot(slot, in);
        return new PairSame(in.readLong("cycle"));
    }

    private static void writePairRoots(PairRoots roots, FrameSink out) {
        out.writeLong(roots.cycle());
        out.writeList(roots.roots(), PairRoots.ROOTS_MAX, RepairVerbs::writeSlotRoot);
    }

    private static PairRoots readPairRoots(int slot, FrameSource in) {
        requireNoSlot(slot, in);
        return new PairRoots(
                in.readLong("cycle"), in.readList("roots", PairRoots.ROOTS_MAX, RepairVerbs::readSlotRoot));
    }

    private static void writeSlotRoot(SlotRoot root, FrameSink out) {
        out.writeShort(root.slot());
        out.writeLong(root.ballot());
        out.writeLong(root.sum());
        out.writeLong(root.mix());
    }

    private static SlotRoot readSlotRoot(FrameSource in) {
        int slot = in.readShort("slot of root");
        if (slot >= SlotSpace.SLOTS_MAX) {
            throw in.refusal("slot " + slot + " of at most " + SlotSpace.SLOTS_MAX);
        }
        return new SlotRoot(slot, in.readBallot("ballot of root"), in.readLong("sum"), in.readLong("mix"));
    }

    private static void writeAskBuckets(AskBuckets ask, FrameSink out) {
        out.writeLong(ask.ballot());
        out.writeInt(ask.attempt());
        out.writeList(ask.roots(), AskBuckets.CACHES_MAX, RepairVerbs::writeCacheRoot);
    }

    private static AskBuckets readAskBuckets(int slot, FrameSource in) {
        return new AskBuckets(
                slot,
                in.readBallot("ballot"),
                in.readInt("attempt"),
                in.readList("roots", AskBuckets.CACHES_MAX, RepairVerbs::readCacheRoot));
    }

    private static void writeCacheRoot(CacheRoot root, FrameSink out) {
        out.writeInt(root.cache());
        out.writeLong(root.sum());
        out.writeLong(root.mix());
        out.writeInt(root.records());
    }

    private static CacheRoot readCacheRoot(FrameSource in) {
        return new CacheRoot(
                in.readInt("cache"),
                in.readLong("sum"),
                in.readLong("mix"),
                in.readInt("records", 0, Integer.MAX_VALUE));
    }

    private static void writeBucketPage(BucketPage page, FrameSink out) {
        out.writeLong(page.ballot());
        out.writeInt(page.attempt());
        out.writeList(page.caches(), BucketPage.CACHES_MAX, RepairVerbs::writeCacheBuckets);
    }

    private static BucketPage readBucketPage(int slot, FrameSource in) {
        return new BucketPage(
                slot,
                in.readBallot("ballot"),
                in.readInt("attempt"),
                in.readList("caches", BucketPage.CACHES_MAX, RepairVerbs::readCacheBuckets));
    }

    private static void writeCacheBuckets(CacheBuckets buckets, FrameSink out) {
        out.writeInt(buckets.cache());
        out.writeList(buckets.buckets(), CacheBuckets.BUCKETS_MAX, RepairVerbs::writeBucketSum);
    }

    private static CacheBuckets readCacheBuckets(FrameSource in) {
        return new CacheBuckets(
                in.readInt("cache"), in.readList("buckets", CacheBuckets.BUCKETS_MAX, RepairVerbs::readBucketSum));
    }

    private static void writeBucketSum(BucketSum bucket, FrameSink out) {
        out.writeLong(bucket.sum());
        out.writeLong(bucket.mix());
    }

    private static BucketSum readBucketSum(FrameSource in) {
        return new BucketSum(in.readLong("sum of bucket"), in.readLong("mix of bucket"));
    }

    private static void writeAskBucketVersions(AskBucketVersions ask, FrameSink out) {
        out.writeLong(ask.ballot());
        out.writeInt(ask.attempt());
        out.writeList(ask.buckets(), AskBucketVersions.BUCKETS_MAX, RepairVerbs::writeBucketName);
    }

    private static AskBucketVersions readAskBucketVersions(int slot, FrameSource in) {
        return new AskBucketVersions(
                slot,
                in.readBallot("ballot"),
                in.readInt("attempt"),
                in.readList("buckets", AskBucketVersions.BUCKETS_MAX, RepairVerbs::readBucketName));
    }

    private static void writeBucketName(BucketName name, FrameSink out) {
        out.writeInt(name.cache());
        out.writeInt(name.buckets());
        out.writeInt(name.bucket());
    }

    private static BucketName readBucketName(FrameSource in) {
        return new BucketName(in.readInt("cache"), in.readInt("number of buckets"), in.readInt("bucket"));
    }

    private static void writeAskHeld(AskHeld ask, FrameSink out) {
        out.writeLong(ask.ballot());
        out.writeInt(ask.poll());
        out.writeList(ask.names(), AskHeld.NAMES_MAX, RecordLayout::writeKey);
    }

    private static AskHeld readAskHeld(int slot, FrameSource in) {
        return new AskHeld(
                slot,
                in.readBallot("ballot"),
                in.readInt("poll"),
                in.readList("names", AskHeld.NAMES_MAX, RecordLayout::readKey));
    }

    private static void writeHeldPage(HeldPage page, FrameSink out) {
        out.writeLong(page.ballot());
        out.writeInt(page.poll());
        out.writeList(page.held(), AskHeld.NAMES_MAX, RepairVerbs::writeHeldVersion);
    }

    private static HeldPage readHeldPage(int slot, FrameSource in) {
        return new HeldPage(
                slot,
                in.readBallot("ballot"),
                in.readInt("poll"),
                in.readList("held versions", AskHeld.NAMES_MAX, RepairVerbs::readHeldVersion));
    }

    private static void writeHeldVersion(HeldVersion held, FrameSink out) {
        RecordLayout.writeKey(held.name(), out);
        RecordLayout.writeVersion(held.version(), out);
        out.writeFlag(held.tombstone());
        out.writeOptional(held.cleared(), RecordLayout::writeVersion);
    }

    private static HeldVersion readHeldVersion(FrameSource in) {
        return new HeldVersion(
                RecordLayout.readKey(in),
                RecordLayout.readVersion(in),
                in.readFlag("tombstone"),
                in.readOptional("known clear", RecordLayout::readVersion));
    }

    private static void writeStaleSeen(StaleSeen seen, FrameSink out) {
        out.writeShort(seen.member());
        out.writeList(seen.names(), AskHeld.NAMES_MAX, RecordLayout::writeKey);
    }

    private static StaleSeen readStaleSeen(int slot, FrameSource in) {
        int member = in.readShort("member");
        if (member > MemberSet.SHORT_ID_MAX) {
            throw in.refusal("member " + member + " of at most " + MemberSet.SHORT_ID_MAX);
        }
        return new StaleSeen(slot, member, in.readList("names", AskHeld.NAMES_MAX, RecordLayout::readKey));
    }
}
