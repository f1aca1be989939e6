package dev.hypercache.core.control;

import dev.hypercache.spi.Payload;
import java.util.Objects;
import java.util.UUID;

/**
 * A command as it stands in the topology log.
 *
 * @param id drawn at random by who appends it: by it the author finds the change when the log did not answer in time
 * @param command what to do
 */
public record ControlChange(UUID id, ControlCommand command) {

    /** Checks for null. */
    public ControlChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(command, "command");
    }

    /**
     * Encodes the change.
     *
     * @throws IllegalArgumentException if a text is no Unicode
     */
    public Payload encode() {
        return ChangeFormat.encode(this);
    }

    /**
     * Decodes a change, whoever made the bytes up.
     *
     * @throws NewerFormatException if the change is of a format that this version does not know
     * @throws IllegalArgumentException if the bytes are no change; the message names what is wrong
     */
    public static ControlChange decode(Payload bytes) {
        return ChangeFormat.decode(bytes);
    }
}
