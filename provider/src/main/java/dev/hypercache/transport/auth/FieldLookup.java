package dev.hypercache.transport.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of a request that has come. */
@FunctionalInterface
public interface FieldLookup {

    /**
     * Finds all values of a field, each as its line has it: not joined, not split at commas, without the blanks around it.
     *
     * @param name the field's name in lower case; fields match in any case
     * @return the values of all lines with that name; null or empty if there is none
     */
    @Nullable
    List<String> valuesOf(String name);
}
