package dev.hypercache.core.message;

import dev.hypercache.core.record.StoredRecord;

/**
 * An entry of a request's key whose time was over.
 *
 * @param record as it was
 * @param before whether it had been removed before the request came, so that somebody may have told of it
 */
public record ExpiredFound(StoredRecord record, boolean before) {}
