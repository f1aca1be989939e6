package dev.hypercache.config;

/**
 * A source of settings.
 *
 * @param text how messages call it
 * @param kind which of the sources
 */
record Origin(String text, Kind kind) {
    static final Origin MANAGER_PROPERTIES = new Origin("manager properties", Kind.MANAGER_PROPERTIES);
    static final Origin SYSTEM_PROPERTY = new Origin("system property", Kind.SYSTEM_PROPERTY);

    enum Kind {
        MANAGER_URI,
        MANAGER_PROPERTIES,
        SYSTEM_PROPERTY,
        ENVIRONMENT,
        FILE
    }

    /** Whether others write here too, so that an unknown key is only worth a warning. */
    boolean isShared() {
        return kind == Kind.SYSTEM_PROPERTY || kind == Kind.ENVIRONMENT;
    }
}
