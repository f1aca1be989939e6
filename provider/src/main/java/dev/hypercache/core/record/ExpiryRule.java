package dev.hypercache.core.record;

/**
 * How long an entry lives after it was created, updated and accessed, as data that a leader evaluates.
 *
 * <p>The standard policies of JSR-107 are rules; the answers of any other policy become a rule for one operation, with
 * just the duration that was asked for.
 *
 * @param creationMillis life of a new entry; {@link #ETERNAL}, or 0 for an entry that must not be stored at all
 * @param updateMillis life after an update, or {@link #UNCHANGED}
 * @param accessMillis life after a read, or {@link #UNCHANGED}
 */
public record ExpiryRule(long creationMillis, long updateMillis, long accessMillis) {

    /** Leaves the end of life as it is. */
    public static final long UNCHANGED = -1;

    /** A life without end. */
    public static final long ETERNAL = Long.MAX_VALUE;

    /** Entries live until they are removed. */
    public static final ExpiryRule NEVER = new ExpiryRule(ETERNAL, UNCHANGED, UNCHANGED);

    public ExpiryRule {
        if (creationMillis < 0) {
            throw new IllegalArgumentException(
                    "creationMillis must be 0 or more, but is " + creationMillis + "; use ETERNAL for no end");
        }
        if (updateMillis < UNCHANGED || accessMillis < UNCHANGED) {
            throw new IllegalArgumentException(
                    "durations must be UNCHANGED (-1) or more, but are " + updateMillis + " and " + accessMillis);
        }
    }

    /** Whether no entry under this rule ever expires. */
    public boolean isEternal() {
        return creationMillis == ETERNAL
                && (updateMillis == UNCHANGED || updateMillis == ETERNAL)
                && (accessMillis == UNCHANGED || accessMillis == ETERNAL);
    }

    /** Whether reading an entry may move its end of life. */
    public boolean dependsOnAccess() {
        return accessMillis != UNCHANGED;
    }

    public long afterCreation(long nowMillis) {
        return after(nowMillis, creationMillis);
    }

    public long afterUpdate(long nowMillis, long currentExpiresAtMillis) {
        return updateMillis == UNCHANGED ? currentExpiresAtMillis : after(nowMillis, updateMillis);
    }

    public long afterAccess(long nowMillis, long currentExpiresAtMillis) {
        return accessMillis == UNCHANGED ? currentExpiresAtMillis : after(nowMillis, accessMillis);
    }

    /** The slot time {@code durationMillis} from now; a sum beyond the range of a long counts as eternal. */
    private static long after(long nowMillis, long durationMillis) {
        long end = nowMillis + durationMillis;
        return durationMillis == ETERNAL || end < nowMillis ? StoredRecord.NEVER : end;
    }
}
