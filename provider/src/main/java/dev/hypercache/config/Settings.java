package dev.hypercache.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one manager: immutable, checked, with the default where no source gave a value.
 *
 * <p>Only what was given is held; a default is read from its notation when it is asked for. Ask once and keep the
 * answer.
 */
public final class Settings {
    private final ManagerUri uri;
    private final Draft.@Nullable Given[] given;
    private final List<CacheRule> cacheRules;
    private final List<String> warnings;

    Settings(ManagerUri uri, Draft.@Nullable Given[] given, List<CacheRule> cacheRules, List<String> warnings) {
        this.uri = uri;
        this.given = given;
        this.cacheRules = cacheRules;
        this.warnings = warnings;
    }

    /**
     * Reads and checks all sources. Opens at most one properties file; starts nothing.
     *
     * @param uri the manager's URI
     * @param managerProperties the manager's {@code Properties}; keys that do not start with {@code hypercache.} are
     *     the application's own and ignored
     * @param sources environment, system properties and class loader
     * @throws ConfigurationException with all problems of all sources
     */
    public static Settings load(ManagerUri uri, @Nullable Properties managerProperties, Sources sources) {
        return new SettingsReader(uri, sources).read(managerProperties);
    }

    /** The defaults, whatever surrounds this JVM. */
    public static Settings defaults() {
        return new Draft().finish(ManagerUri.of(null));
    }

    public ManagerUri uri() {
        return uri;
    }

    /** What looked wrong but may be meant for someone else, one sentence each; the caller logs it. */
    public List<String> warnings() {
        return warnings;
    }

    /** Whether the node lives in this JVM alone: a member without an address to bind. */
    public boolean embedded() {
        return value(Setting.BIND) == null && "member".equals(value(Setting.MODE));
    }

    /** Whether the node is a caller of a ring without data of its own. */
    public boolean isClient() {
        return "client".equals(value(Setting.MODE));
    }

    /** This node's name in logs and metrics: as configured, else the address that others dial, else its role. */
    public String nodeName() {
        for (Setting setting : new Setting[] {Setting.NODE_NAME, Setting.ADVERTISE, Setting.BIND}) {
            Object value = value(setting);
            if (value != null) {
                return value.toString();
            }
        }
        return embedded() ? "embedded" : "client";
    }

    /** Whether a manager starts its node when it is made, and not with its first cache; embedded nodes have nothing to start. */
    public boolean startsAtOnce() {
        return !embedded() && "eager".equals(value(Setting.START));
    }

    public Duration requestTimeout() {
        return duration(Setting.REQUEST_TIMEOUT);
    }

    public Duration holdMax() {
        return duration(Setting.HOLD_MAX);
    }

    /** Number of slots of the ring. */
    public int ringSlots() {
        return (int) number(Setting.RING_SLOTS);
    }

    /** Number of replicas of each slot. */
    public int replicationFactor() {
        return (int) number(Setting.REPLICATION_FACTOR);
    }

    /** Largest difference of two nodes' clocks. */
    public Duration clockMaxOffset() {
        return duration(Setting.CLOCK_MAX_OFFSET);
    }

    /** Largest number of operations that this node's callers have under way on the ring. */
    public int requestsMax() {
        return (int) number(Setting.REQUESTS_MAX);
    }

    public boolean metricsEnabled() {
        return isOn(Setting.METRICS_ENABLED);
    }

    public boolean metricsJmx() {
        return isOn(Setting.METRICS_JMX);
    }

    public CodecDefault codecDefault() {
        return choice(Setting.CODEC_DEFAULT, CodecDefault.class);
    }

    public List<String> javaAllowPatterns() {
        return list(Setting.CODEC_JAVA_ALLOW);
    }

    /** What the configuration says about a cache. */
    public CacheSettings cache(String cacheName) {
        return new CacheSettings(cacheName, cacheRules);
    }

    /**
     * These settings, unless they ask for a client.
     *
     * @throws ConfigurationException if they do
     */
    public Settings requireMember() {
        if (!isClient()) {
            return this;
        }
        throw problem(
                Setting.MODE,
                "a process of its own is a member; a client lives in the application that calls the ring",
                "Remove the key and set hypercache.bind.");
    }

    /** What is wrong with the value of a setting. */
    public ConfigurationException problem(Setting setting, String rule, String remedy) {
        String value = setting.isSecret() ? null : String.valueOf(value(setting));
        return new ConfigurationException(new Problem(source(setting), setting.key(), value, rule, remedy));
    }

    /** The value of a switch. */
    public boolean isOn(Setting setting) {
        return (Boolean) required(setting);
    }

    /** A number, a size in bytes, or a rate in bytes per second. */
    public long number(Setting setting) {
        return (Long) required(setting);
    }

    public Duration duration(Setting setting) {
        return (Duration) required(setting);
    }

    /** A name or location; null when it is unset. */
    public @Nullable String text(Setting setting) {
        return (String) value(setting);
    }

    /** An address; null when it is unset. */
    public @Nullable HostPort address(Setting setting) {
        return (HostPort) value(setting);
    }

    /** The elements of a list; empty when it is unset. */
    public List<String> list(Setting setting) {
        Object value = value(setting);
        if (value == null) {
            return List.of();
        }
        @SuppressWarnings("unchecked") // The parser of lists makes nothing else.
        List<String> list = (List<String>) value;
        return list;
    }

    /** A choice as a constant of the caller's enum, whose names are the words of the setting in upper case. */
    public <E extends Enum<E>> E choice(Setting setting, Class<E> constants) {
        return Enum.valueOf(constants, ((String) required(setting)).toUpperCase(Locale.ROOT));
    }

    static <E extends Enum<E>> @Nullable E constant(Class<E> constants, @Nullable String word) {
        return word == null ? null : Enum.valueOf(constants, word.toUpperCase(Locale.ROOT));
    }

    /** Whether some source gave the setting. */
    public boolean isGiven(Setting setting) {
        return given[setting.ordinal()] != null;
    }

    /** Where the value came from: a source, or {@code default}. */
    public String source(Setting setting) {
        Draft.Given value = given[setting.ordinal()];
        return value == null ? "default" : value.origin().text();
    }

    private Object required(Setting setting) {
        Object value = value(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting + " has no default: ask isGiven first");
        }
        return value;
    }

    @Nullable
    Object value(Setting setting) {
        if (setting.isPerCache()) {
            throw new IllegalArgumentException(setting + " belongs to caches: ask cache(name)");
        }
        Draft.Given value = given[setting.ordinal()];
        if (value != null) {
            return value.value();
        }
        String text = setting.defaultText();
        return text == null ? null : ValueParser.parse(setting.type(), text);
    }

    /** What was given, without secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Settings of ").append(uri);
        for (int i = 0; i < given.length; i++) {
            Draft.Given value = given[i];
            if (value != null) {
                Setting setting = Setting.at(i);
                text.append("\n  ").append(setting.key()).append(" = ");
                text.append(setting.isSecret() ? "***" : value.value());
                text.append(" (").append(value.origin().text()).append(')');
            }
        }
        return text.toString();
    }
}
