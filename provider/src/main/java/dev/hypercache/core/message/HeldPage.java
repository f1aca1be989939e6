package dev.hypercache.core.message;

import java.util.List;

/**
 * Which versions of the keys that were asked for are held here; of the others nothing is.
 *
 * @param poll of the question
 * @param held at most {@link AskHeld#NAMES_MAX}
 */
public record HeldPage(int slot, long ballot, int poll, List<HeldVersion> held) implements RepairMessage {}
