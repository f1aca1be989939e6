package dev.hypercache.spi.codec;

/** Finds the application's classes by name, in the order manager loader, thread context loader, provider loader. */
@FunctionalInterface
public interface ClassResolver {
    /**
     * Finds a class without initialising it.
     *
     * @param name the binary name as {@link Class#getName()} gives it, also of an array or a primitive type
     * @throws ClassNotFoundException if no loader knows the name
     */
    Class<?> resolve(String name) throws ClassNotFoundException;
}
