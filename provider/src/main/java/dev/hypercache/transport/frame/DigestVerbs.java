package dev.hypercache.transport.frame;

import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.DigestsRead;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.ring.SlotSpace;
import java.util.List;

/** What readers ask of copies, in short: codes 38 and 39. */
final class DigestVerbs {

    private DigestVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(38, ReadDigests.class, DigestVerbs::writeQuestion, DigestVerbs::readQuestion),
                new Verb<>(39, DigestsRead.class, DigestVerbs::writeAnswer, DigestVerbs::readAnswer));
    }

    private static void writeQuestion(ReadDigests question, FrameSink out) {
        out.writeLong(question.request());
        out.writeList(question.digests(), ReadDigests.DIGESTS_MAX, DigestVerbs::writeDigest);
    }

    private static ReadDigests readQuestion(int slot, FrameSource in) {
        return new ReadDigests(
                slot, in.readLong("request"), in.readList("digests", ReadDigests.DIGESTS_MAX, DigestVerbs::readDigest));
    }

    private static void writeDigest(CopyDigest digest, FrameSink out) {
        out.writeShort(digest.slot());
        out.writeInt(digest.epoch());
        RecordLayout.writeKey(digest.name(), out);
        out.writeOptional(digest.held(), RecordLayout::writeVersion);
        out.writeOptional(digest.cleared(), RecordLayout::writeVersion);
    }

    private static CopyDigest readDigest(FrameSource in) {
        int slot = in.readShort("slot of a digest");
        if (slot >= SlotSpace.SLOTS_MAX) {
            throw in.refusal("slot " + slot + " of at most " + SlotSpace.SLOTS_MAX);
        }
        return new CopyDigest(
                slot,
                in.readInt("epoch"),
                RecordLayout.readKey(in),
                in.readOptional("version held", RecordLayout::readVersion),
                in.readOptional("rank of clear", RecordLayout::readVersion));
    }

    private static void writeAnswer(DigestsRead answer, FrameSink out) {
        out.writeLong(answer.request());
        out.writeList(answer.differing(), ReadDigests.DIGESTS_MAX, (place, sink) -> sink.writeCount(place));
    }

    private static DigestsRead readAnswer(int slot, FrameSource in) {
        return new DigestsRead(
                slot,
                in.readLong("request"),
                in.readList("places", ReadDigests.DIGESTS_MAX, source -> source.readCount("place")));
    }
}
