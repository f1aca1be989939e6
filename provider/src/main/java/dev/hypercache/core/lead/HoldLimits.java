package dev.hypercache.core.lead;

/**
 * How long holds last.
 *
 * @param silenceMillis a hold or a wait that was not renewed for so long has lost its client
 * @param graceMillis how long a new leader grants only holds that were granted before
 * @param holdMillisMax how long a hold lasts while others wait
 */
public record HoldLimits(long silenceMillis, long graceMillis, long holdMillisMax) {}
