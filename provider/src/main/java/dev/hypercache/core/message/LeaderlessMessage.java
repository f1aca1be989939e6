package dev.hypercache.core.message;

/** A message to the holder of a slot about caches whose writes nobody orders. */
public sealed interface LeaderlessMessage extends Message
        permits Perform,
                PerformClear,
                AskHybridPage,
                Store,
                Stored,
                StoreClear,
                ClearStored,
                Compare,
                HybridPage,
                Filled,
                Cut,
                CutReady,
                Floor,
                Retired,
                ReadHybrid {}
