package dev.hypercache.codec;

import java.util.Set;

/**
 * Classes of frameworks that work without configuration (JCACHE §0.6), known by name so that nothing depends on them.
 */
final class FrameworkTypes {
    /** The key that Spring makes of several arguments, or of none. */
    static final String SPRING_SIMPLE_KEY = "org.springframework.cache.interceptor.SimpleKey";

    /** What Spring stores for null; a singleton. */
    static final String SPRING_NULL_VALUE = "org.springframework.cache.support.NullValue";

    /** Admitted to Java serialization on a ring. */
    static final Set<String> SERIALIZABLE = Set.of(SPRING_SIMPLE_KEY, SPRING_NULL_VALUE);

    private FrameworkTypes() {}

    /** The copier of a framework's class, or {@link Copier#NONE}. */
    static Copier copierOf(Class<?> type) {
        return switch (type.getName()) {
            case SPRING_SIMPLE_KEY -> SimpleKeyCopier.of(type);
            case SPRING_NULL_VALUE -> ImmutableTypes.SINGLETON;
            default -> Copier.NONE;
        };
    }
}
