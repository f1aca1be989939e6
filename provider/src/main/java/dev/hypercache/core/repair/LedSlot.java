package dev.hypercache.core.repair;

import dev.hypercache.core.message.SlotRoot;

/**
 * A slot that this node leads.
 *
 * @param root what its copy comes to
 * @param quiet whether nothing was written for {@link PairRepair#YOUNG_MILLIS}, so that a follower which differs lacks no mere
 *     write under way
 */
public record LedSlot(SlotRoot root, boolean quiet) {}
