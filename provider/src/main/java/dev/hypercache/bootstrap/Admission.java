package dev.hypercache.bootstrap;

import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a member answered to a node that asks to be admitted.
 *
 * @param answer what it answered
 * @param founding the change that founded the member's ring; null if it is in none, which cannot admit
 */
record Admission(JoinAnswer answer, @Nullable Payload founding) {}
