package dev.hypercache.transport.frame;

import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;

/** Records, and what names them and their versions. */
final class RecordLayout {

    private static final int HAS_VALUE = 1;
    private static final int HAS_EXPIRY = 2;

    private RecordLayout() {}

    static void writeKey(RecordKey name, FrameSink out) {
        out.writeInt(name.cache());
        out.writeKey(name.cache(), name.key());
    }

    static RecordKey readKey(FrameSource in) {
        int cache = in.readInt("cache");
        return new RecordKey(cache, in.readKey(cache));
    }

    static void writeVersion(Version version, FrameSink out) {
        out.writeLong(version.ballot());
        out.writeLong(version.sequence());
    }

    static Version readVersion(FrameSource in) {
        return new Version(in.readBallot("ballot of version"), in.readLong("sequence of version"));
    }

    static void writeKeyVersion(KeyVersion version, FrameSink out) {
        writeKey(version.name(), out);
        writeVersion(version.version(), out);
    }

    static KeyVersion readKeyVersion(FrameSource in) {
        return new KeyVersion(readKey(in), readVersion(in));
    }

    static void writeExpiry(ExpiryRule expiry, FrameSink out) {
        out.writeLong(expiry.creationMillis());
        out.writeLong(expiry.updateMillis());
        out.writeLong(expiry.accessMillis());
    }

    static ExpiryRule readExpiry(FrameSource in) {
        return new ExpiryRule(
                in.readLong("life after creation"), in.readLong("life after update"), in.readLong("life after access"));
    }

    static void writeRecord(StoredRecord stored, FrameSink out) {
        boolean expires = stored.expiresAtMillis() != StoredRecord.NEVER;
        out.writeByte((stored.isTombstone() ? 0 : HAS_VALUE) | (expires ? HAS_EXPIRY : 0));
        out.writeLong(stored.ballot());
        out.writeLong(stored.sequence());
        if (expires) {
            out.writeLong(stored.expiresAtMillis());
        }
        if (!stored.isTombstone()) {
            out.writeValue(stored.value());
        }
    }

    static StoredRecord readRecord(FrameSource in) {
        int parts = in.readByte("parts of record");
        if (parts > (HAS_VALUE | HAS_EXPIRY)) {
            throw in.refusal("parts of record are " + parts);
        }
        long ballot = in.readBallot("ballot of record");
        long sequence = in.readLong("sequence of record");
        long expiresAtMillis = StoredRecord.NEVER;
        if ((parts & HAS_EXPIRY) != 0) {
            expiresAtMillis = in.readLong("expiry of record");
            if (expiresAtMillis == StoredRecord.NEVER) {
                throw in.refusal("expiry of record says never"); // Then it is left out: each record has one form.
            }
        }
        return (parts & HAS_VALUE) != 0
                ? StoredRecord.value(in.readValue("value of record"), ballot, sequence, expiresAtMillis)
                : StoredRecord.tombstone(ballot, sequence).withExpiry(expiresAtMillis);
    }

    static void writeEntry(RecordEntry entry, FrameSink out) {
        writeKey(entry.name(), out);
        writeRecord(entry.record(), out);
        LineageLayout.write(entry.lineage(), out);
        out.writeOptional(entry.cleared(), RecordLayout::writeVersion);
    }

    static RecordEntry readEntry(FrameSource in) {
        return new RecordEntry(
                readKey(in),
                readRecord(in),
                LineageLayout.read(in),
                in.readOptional("known clear", RecordLayout::readVersion));
    }
}
