package dev.hypercache.bootstrap;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.reform.ReformMessage;
import dev.hypercache.spi.Payload;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message from one life to another, which may belong to no ring yet.
 *
 * @param from who sends it
 * @param to the boot of the life that it is for
 * @param founding the change that founded the ring; null if the sender does not know it
 * @param message what it says
 */
record ReformLetter(NodeProfile from, UUID to, @Nullable Payload founding, ReformMessage message) {}
