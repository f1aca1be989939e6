/**
 * What replicas missed: bounded references to records, sent when the replica answers again.
 *
 * <p>A hint names a record and holds none; what is sent is the newest version there is by then, through the one apply rule.
 */
@NullMarked
package dev.hypercache.core.hint;

import org.jspecify.annotations.NullMarked;
