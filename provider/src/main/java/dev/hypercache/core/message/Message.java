package dev.hypercache.core.message;

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
                Executed,
                Rejected,
                ReadReplica,
                ReplicaRead,
                AskHold,
                HoldAnswer,
                RenewHold,
                ReleaseHold,
                HybridRead,
                EntryPage,
                ShowInterest,
                InterestHeard,
                FeedMessage,
                CacheSizes,
                ReadCounts,
                AskCounts,
                CountsTold,
                ShowCounting,
                ReadDigests,
                DigestsRead,
                RequestMessage,
                LeaderlessMessage,
                RepairMessage,
                TopologyMessage,
                GossipMessage {

    /** The slot that it is about. */
    int slot();
}
