package dev.hypercache.core.form;

import dev.hypercache.spi.Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked now.
 *
 * @param to where
 * @param request what; null for the card
 */
public record Ask(Address to, @Nullable FormRequest request) {

    /** Checks for null. */
    public Ask {
        Objects.requireNonNull(to, "to");
    }
}
