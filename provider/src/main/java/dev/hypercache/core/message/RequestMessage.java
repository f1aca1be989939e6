package dev.hypercache.core.message;

/** A request of a node's caller to whoever performs it; it may be turned away by a word that names it. */
public sealed interface RequestMessage extends Message
        permits Execute, ExecuteClear, AskPage, Perform, PerformClear, AskHybridPage {

    /** What it begins with. */
    RequestHead head();
}
