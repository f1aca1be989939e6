package dev.hypercache.core.record;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A versioned value, or a tombstone, as a replica holds it.
 *
 * <p>Immutable but for the link by which a store files it. Equality is identity: two records of one version may differ in expiry, since touching an entry extends
 * its life without writing it. The version is kept as two longs because a cache holds millions of these.
 */
public final class StoredRecord extends ValueSlot {

    /** The expiry of a record that lives until it is removed. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long expiresAtMillis; // First, next to the value: readers need both.
    private final long ballot;
    private final long sequence;

    private StoredRecord(@Nullable Object value, long ballot, long sequence, long expiresAtMillis) {
        super(value);
        this.ballot = ballot;
        this.sequence = sequence;
        this.expiresAtMillis = expiresAtMillis;
    }

    /** A live value under the version (ballot, sequence), expiring at slot time {@code expiresAtMillis}. */
    public static StoredRecord value(Object value, long ballot, long sequence, long expiresAtMillis) {
        return new StoredRecord(requireNonNull(value, "value"), ballot, sequence, expiresAtMillis);
    }

    /** The trace of a removal under the version (ballot, sequence). */
    public static StoredRecord tombstone(long ballot, long sequence) {
        return new StoredRecord(null, ballot, sequence, NEVER);
    }

    /** The same value and version with another end of life. */
    public StoredRecord withExpiry(long newExpiresAtMillis) {
        return newExpiresAtMillis == expiresAtMillis
                ? this
                : new StoredRecord(value, ballot, sequence, newExpiresAtMillis);
    }

    /** The trace of a value whose time is over: it goes on standing in the way of everything older, and says when it ended. */
    public StoredRecord withoutValue() {
        return new StoredRecord(null, ballot, sequence, expiresAtMillis);
    }

    @Override
    public StoredRecord copy() {
        return new StoredRecord(value, ballot, sequence, expiresAtMillis);
    }

    public boolean isTombstone() {
        return value == null;
    }

    /**
     * The opaque value.
     *
     * @throws IllegalStateException if this is a tombstone
     */
    public Object value() {
        Object held = value;
        if (held == null) {
            throw new IllegalStateException("a tombstone has no value");
        }
        return held;
    }

    /** When the record expires, in milliseconds of slot time, or {@link #NEVER}. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    public boolean isExpiredAt(long nowMillis) {
        return expiresAtMillis <= nowMillis;
    }

    /** The version as an object, for conditions; comparing two records needs none. */
    public Version version() {
        return new Version(ballot, sequence);
    }

    /** The version in a cache whose writes nobody orders. */
    public HybridVersion hybridVersion() {
        return new HybridVersion(ballot, sequence);
    }

    public boolean hasVersion(Version version) {
        return sequence == version.sequence() && ballot == version.ballot();
    }

    /** Whether this record's version is above that of {@code other}. */
    public boolean isNewerThan(StoredRecord other) {
        return isAbove(other.ballot, other.sequence);
    }

    /** Whether this record's version is above (otherBallot, otherSequence). */
    public boolean isAbove(long otherBallot, long otherSequence) {
        return ballot != otherBallot ? ballot > otherBallot : sequence > otherSequence;
    }

    public long ballot() {
        return ballot;
    }

    public long sequence() {
        return sequence;
    }

    @Override
    public String toString() {
        String content = isTombstone() ? "tombstone" : "value";
        String life = expiresAtMillis == NEVER ? "" : ", expires at " + expiresAtMillis;
        return content + "@" + version() + life;
    }
}
