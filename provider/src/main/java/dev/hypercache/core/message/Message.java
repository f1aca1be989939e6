package dev.hypercache.core.message;

import org.jspecify.annotations.Nullable;

/** One verb between two nodes, about one slot as a rule. Immutable all through, so a message may be shared by threads and nodes. */
public sealed interface Message
        permits Prepare,
                Promise,
                Refusal,
                AskVersions,
                VersionPage,
                AskRecords,
                RecordPage,
                Accept,
                Accepted,
                AcceptClear,
                ClearAccepted,
                Confirm,
                Confirmed,
                HandOver,
                RaiseFloor,
                FloorRaised,
                Execute,
                ExecuteClear,
                Executed,
                Rejected,
                ReadReplica,
                ReplicaRead,
                AskHold,
                HoldAnswer,
                RenewHold,
                ReleaseHold,
                AskPage,
                EntryPage,
                ShowInterest,
                EntriesExpired,
                ExpiredHeard,
                CacheSizes,
                RepairMessage {

    /** The slot that it is about. */
    int slot();

    /** What a request to a leader begins with; null if it is none, or one about a hold. */
    default @Nullable RequestHead head() {
        return null;
    }
}
