package dev.hypercache.runtime.ring;

import org.jspecify.annotations.Nullable;

/**
 * What others leave for the timer, which is made last: suspicions that changed, a log that grew, a node that knows more. What comes
 * before is found when the timer makes its first round. Safe for use by any threads.
 */
final class MemberNotes {

    private volatile @Nullable RingFollower follower;
    private volatile @Nullable RingTimer timer;

    /** From now on the notes arrive. */
    void wake(RingFollower newFollower, RingTimer newTimer) {
        follower = newFollower;
        timer = newTimer;
        newFollower.wakeBy(newTimer::wake);
    }

    void suspicionsChanged() {
        RingTimer told = timer;
        if (told != null) {
            told.suspicionsChanged();
        }
    }

    void advanced() {
        RingFollower told = follower;
        if (told != null) {
            told.advanced();
        }
    }

    void behind() {
        RingFollower told = follower;
        if (told != null) {
            told.behind();
        }
    }
}
