package dev.hypercache.runtime.member;

import dev.hypercache.core.message.Message;

/** A message that leaves once the lock is free, so that no transport ever runs under it. */
record Letter(int to, Message message) {}
