package dev.hypercache.core.record;

import dev.hypercache.spi.storage.Linked;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record with its value.
 *
 * <p>A class of its own because the JVM lays out fields class by class: so the value stands beside the key and the link,
 * and a reader finds all it needs within 28 bytes, most often one line of the processor's cache.
 */
abstract class ValueSlot extends Linked {

    final @Nullable Object value;

    ValueSlot(@Nullable Object value) {
        this.value = value;
    }
}
