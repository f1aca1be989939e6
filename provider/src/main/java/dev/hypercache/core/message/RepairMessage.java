package dev.hypercache.core.message;

/** A message by which replicas find out how they differ. */
public sealed interface RepairMessage extends Message
        permits PairMessage, AskBuckets, BucketPage, AskBucketVersions, AskHeld, HeldPage, StaleSeen {}
