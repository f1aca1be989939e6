package dev.hypercache.config;

import static dev.hypercache.config.Setting.Effect.EMBEDDED;
import static dev.hypercache.config.Setting.Effect.RING;
import static dev.hypercache.config.ValueType.DAY;
import static dev.hypercache.config.ValueType.GIB;
import static dev.hypercache.config.ValueType.HOUR;
import static dev.hypercache.config.ValueType.KIB;
import static dev.hypercache.config.ValueType.MIB;
import static dev.hypercache.config.ValueType.MINUTE;
import static dev.hypercache.config.ValueType.SECOND;
import static dev.hypercache.config.ValueType.address;
import static dev.hypercache.config.ValueType.bytes;
import static dev.hypercache.config.ValueType.choice;
import static dev.hypercache.config.ValueType.duration;
import static dev.hypercache.config.ValueType.number;
import static dev.hypercache.config.ValueType.of;
import static dev.hypercache.config.ValueType.powerOfTwo;
import static dev.hypercache.config.ValueType.rate;

import dev.hypercache.config.ValueType.Form;
import org.jspecify.annotations.Nullable;

/**
 * Every configuration key: its name, default, type with bounds, and where it takes effect.
 *
 * <p>The Javadoc sentence of each constant is the sentence of {@code docs/CONFIG.md}, which is generated from this file
 * and compared by a test. The class is initialised before the first put of every application, so its constants are
 * plain data: no lambda, no parsing.
 */
public enum Setting {
    /**
     * Location of a properties file for managers whose URI names none; without it, `hypercache.properties` on the
     * class path is read if it exists.
     */
    CONFIG("hypercache.config", null, of(Form.LOCATION), EMBEDDED),
    /** Name of the ring; nodes of rings with different names refuse each other. */
    CLUSTER_NAME("hypercache.cluster.name", "hypercache", of(Form.NAME), RING),
    /**
     * Stable name of this node in the ring, in logs and in metrics; unset means the advertised address, or
     * `embedded`.
     */
    NODE_NAME("hypercache.node.name", null, of(Form.NAME), EMBEDDED),
    /** This node's share of the slots in proportion to the other nodes' weights. */
    NODE_WEIGHT("hypercache.node.weight", "100", number(1, 10_000), RING),
    /** Failure zone of this node; replicas of a slot are placed in different zones where possible. */
    NODE_ZONE("hypercache.node.zone", null, of(Form.NAME), RING),
    /** Address of the transport's listener; unset in mode `member` makes the node embedded, without any socket. */
    BIND("hypercache.bind", null, address(0), RING),
    /** Address that other nodes dial; unset means the bound address. */
    ADVERTISE("hypercache.advertise", null, address(1), RING),
    /** Where to look for the ring. */
    SEEDS("hypercache.seeds", null, of(Form.SEEDS), RING),
    /** `member` holds data, `client` holds none and sends each operation to the owners. */
    MODE("hypercache.mode", "member", choice("member", "client"), RING),
    /** When a clustered manager starts its node: at the first cache (`lazy`) or at once (`eager`). */
    START("hypercache.start", "lazy", choice("lazy", "eager"), RING),
    /**
     * Number of nodes of which a majority must agree to form a ring; unset means the length of a static seed list,
     * required with `dns:` and `file:` seeds.
     */
    BOOTSTRAP_EXPECT("hypercache.bootstrap.expect", null, number(1, 1_000), RING),
    /** Number of slots of the ring, fixed when the ring is formed. */
    RING_SLOTS("hypercache.ring.slots", "1024", powerOfTwo(16, 4_096), RING),
    /** Number of replicas of each slot, fixed when the ring is formed. */
    REPLICATION_FACTOR("hypercache.replication.factor", "3", number(1, 7), RING),
    /** Number of live replicas below which QUORUM writes are refused. */
    REPLICATION_MIN("hypercache.replication.min", "1", number(1, 7), RING),
    /** Consistency level of reads for caches that choose none. */
    CONSISTENCY_READ("hypercache.consistency.read", "QUORUM", choice("ONE", "QUORUM", "ALL"), RING),
    /** Consistency level of writes for caches that choose none. */
    CONSISTENCY_WRITE("hypercache.consistency.write", "QUORUM", choice("ONE", "QUORUM", "ALL"), RING),
    /** Deadline of one operation, waiting included. */
    REQUEST_TIMEOUT("hypercache.request.timeout", "5s", duration(10, 10 * MINUTE), EMBEDDED),
    /** Largest number of operations that the callers of one node have under way; more fail at once. */
    REQUESTS_MAX("hypercache.requests.max", "10000", number(1, 100_000), RING),
    /** How long a dead node stays in the ring before it is removed. */
    EVICT_AFTER("hypercache.evict.after", "60s", duration(SECOND, DAY), RING),
    /** Longest time that a closing node takes to hand over what it holds. */
    LEAVE_TIMEOUT("hypercache.leave.timeout", "10s", duration(0, 10 * MINUTE), RING),
    /**
     * What happens to a slot that lost so many replicas that entries may be gone: it starts again empty (`RESET`) or refuses operations until an operator resets it (`BLOCK`).
     */
    LOSS_POLICY("hypercache.loss.policy", "RESET", choice("RESET", "BLOCK"), RING),
    /** Largest difference of two nodes' clocks that the ring tolerates. */
    CLOCK_MAX_OFFSET("hypercache.clock.max-offset", "500ms", duration(1, MINUTE), RING),
    /** Whether writes that a replica missed are kept for it as hints. */
    HINT_ENABLED("hypercache.hint.enabled", "on", of(Form.ON_OFF), RING),
    /** Age at which a hint is dropped. */
    HINT_TTL("hypercache.hint.ttl", "1h", duration(SECOND, 7 * DAY), RING),
    /** Pause between two attempts to replay hints. */
    HINT_REPLAY_INTERVAL("hypercache.hint.replay.interval", "200ms", duration(10, MINUTE), RING),
    /** Largest number of hints kept for one node. */
    HINT_MAX_PER_NODE("hypercache.hint.max.per-node", "1000000", number(0, 1_000_000_000), RING),
    /** Largest number of hints kept for all nodes together. */
    HINT_MAX_TOTAL("hypercache.hint.max.total", "4000000", number(0, 1_000_000_000), RING),
    /** Largest memory of all hints together. */
    HINT_MAX_BYTES("hypercache.hint.max.bytes", "64MB", bytes(0, 1_024 * GIB), RING),
    /** Whether replicas compare and repair each other in the background. */
    REPAIR_ENABLED("hypercache.repair.enabled", "on", of(Form.ON_OFF), RING),
    /** Pause between two comparisons of a pair of replicas. */
    REPAIR_INTERVAL("hypercache.repair.interval", "10s", duration(100, DAY), RING),
    /** Whether a read that finds a stale replica repairs it. */
    READ_REPAIR_ENABLED("hypercache.read-repair.enabled", "on", of(Form.ON_OFF), RING),
    /** Whether reads at QUORUM take the value from this node's copy if another copy says that it holds the same. */
    DIGEST_READ_ENABLED("hypercache.digest-read.enabled", "on", of(Form.ON_OFF), RING),
    /** Whether a caller that waits alone yields its processor for up to 200 us before it parks. */
    CALLER_YIELD_ENABLED("hypercache.caller-yield.enabled", "on", of(Form.ON_OFF), RING),
    /** Whether slots move when nodes join, leave or are lost. */
    REBALANCE_ENABLED("hypercache.rebalance.enabled", "on", of(Form.ON_OFF), RING),
    /** Largest rate at which one node sends moving slots. */
    REBALANCE_RATE("hypercache.rebalance.rate", "50MB/s", rate(64 * KIB, 1_024 * GIB), RING),
    /** Number of slots that one node sends at the same time. */
    REBALANCE_CONCURRENCY("hypercache.rebalance.concurrency", "4", number(1, 64), RING),
    /** Whether this node serves the entries of its caches over HTTP, on the port of its transport. */
    HTTP_ENABLED("hypercache.http.enabled", "on", of(Form.ON_OFF), RING),
    /** Whether nodes probe each other for failures. */
    GOSSIP_ENABLED("hypercache.gossip.enabled", "on", of(Form.ON_OFF), RING),
    /** Pause between two rounds of probes. */
    GOSSIP_INTERVAL("hypercache.gossip.interval", "1s", duration(10, MINUTE), RING),
    /** Number of nodes probed in one round. */
    GOSSIP_PROBES("hypercache.gossip.probes", "1", number(1, 32), RING),
    /** How long a probe waits for its answer. */
    GOSSIP_PROBE_TIMEOUT("hypercache.gossip.probe.timeout", "500ms", duration(10, MINUTE), RING),
    /** Number of nodes asked to probe a silent node before it is suspected. */
    GOSSIP_INDIRECT("hypercache.gossip.indirect", "3", number(0, 32), RING),
    /** Factor of the time that a suspected node has to refute. */
    GOSSIP_SUSPICION("hypercache.gossip.suspicion", "4", number(1, 64), RING),
    /** Whether metrics are collected. */
    METRICS_ENABLED("hypercache.metrics.enabled", "on", of(Form.ON_OFF), EMBEDDED),
    /** Whether metrics are also published as MBeans; needs `io.dropwizard.metrics:metrics-jmx` on the class path. */
    METRICS_JMX("hypercache.metrics.jmx", "off", of(Form.ON_OFF), EMBEDDED),
    /**
     * Whether statistics MXBeans show what this manager's callers did (`local`) or the sum of the ring (`cluster`), and switch
     * and clear them on this manager or on every member; see [GUARANTEES](GUARANTEES.md#statistics).
     */
    STATISTICS_SCOPE("hypercache.statistics.scope", "local", choice("local", "cluster"), RING),
    /** Longest time that one caller may hold a key for a load, a write-through or an entry processor. */
    HOLD_MAX("hypercache.hold.max", "30s", duration(10, HOUR), EMBEDDED),
    /**
     * Classes of keys and values that a ring may carry by name, besides data classes of the JDK and the types given to
     * `setTypes`: `com.acme.Order`, `com.acme.*`, `com.acme.**` with subpackages, or what a framework puts into caches,
     * `@spring` or `@hibernate`; see [CODECS](CODECS.md#what-a-ring-lets-in).
     */
    CODEC_JAVA_ALLOW("hypercache.codec.java.allow", null, of(Form.LIST), RING),
    /** Codec of values that have no built-in encoding. */
    CODEC_DEFAULT("hypercache.codec.default", "auto", choice("auto", "java", "jackson"), EMBEDDED),
    /**
     * Compression of what this node sends to nodes that can read it; `lz4` needs `at.yawk.lz4:lz4-java` on the class
     * path, there, too.
     */
    COMPRESSION("hypercache.compression", "none", choice("none", "lz4"), RING),
    /** Length of a message from which on it is compressed. */
    COMPRESSION_MIN_BYTES("hypercache.compression.min.bytes", "1KB", bytes(64, 16 * MIB), RING),
    /** Certificate chain of this node (PEM). */
    TLS_CERT("hypercache.security.tls.cert", null, of(Form.LOCATION), RING),
    /** Private key of this node (PEM). */
    TLS_KEY("hypercache.security.tls.key", null, of(Form.SECRET), RING),
    /** Certificates of the authorities that this node trusts (PEM). */
    TLS_TRUST("hypercache.security.tls.trust", null, of(Form.LOCATION), RING),
    /** Key store with key and certificates (PKCS#12), instead of PEM files. */
    TLS_KEYSTORE("hypercache.security.tls.keystore", null, of(Form.SECRET), RING),
    /** File that holds the password of the private key or key store. */
    TLS_KEY_PASSWORD_FILE("hypercache.security.tls.key-password.file", null, of(Form.SECRET), RING),
    /** TLS versions offered and accepted; unset means those that the security module recommends. */
    TLS_PROTOCOLS("hypercache.security.tls.protocols", null, of(Form.LIST), RING),
    /** Trust domain in the SPIFFE identities of nodes and clients. */
    TRUST_DOMAIN("hypercache.security.trust-domain", null, of(Form.NAME), RING),
    /** File with the keys that sign requests. */
    HMAC_KEYS_FILE("hypercache.security.hmac.keys.file", null, of(Form.SECRET), RING),
    /** File with the digests of accepted bearer tokens. */
    BEARER_FILE("hypercache.security.bearer.file", null, of(Form.SECRET), RING),
    /** Pause between two looks at whether certificates, keys or tokens were changed; they are then read anew. */
    SECURITY_RELOAD_INTERVAL("hypercache.security.reload.interval", "10s", duration(100, DAY), RING),
    /** How long connections may last whose certificates were replaced or whose key was removed. */
    SECURITY_DRAIN("hypercache.security.drain", "60s", duration(100, HOUR), RING),
    /** Allows a listener beyond loopback without authentication; never for production. */
    INSECURE("hypercache.security.insecure", "off", of(Form.ON_OFF), RING),
    /**
     * Whether this node answers operators over HTTP, on the port of its transport: health, metrics, keys, and reading
     * files anew; see [SECURITY](SECURITY.md#what-operators-ask-a-node).
     */
    MANAGEMENT_ENABLED("hypercache.management.enabled", "on", of(Form.ON_OFF), RING),
    /** Address of the management API and page; unset means none. */
    MANAGEMENT_BIND("hypercache.management.bind", null, address(0), RING),

    /** Consistency level of the cache's reads. */
    CACHE_CONSISTENCY_READ("consistency.read", null, choice("ONE", "QUORUM", "ALL"), RING),
    /** Consistency level of the cache's writes. */
    CACHE_CONSISTENCY_WRITE("consistency.write", null, choice("ONE", "QUORUM", "ALL"), RING),
    /** Largest number of entries; the least valuable ones are evicted. */
    CACHE_MAX_ENTRIES("max.entries", null, number(1, 1L << 40), EMBEDDED),
    /** Largest memory of the entries; the least valuable ones are evicted. */
    CACHE_MAX_BYTES("max.bytes", null, bytes(KIB, 1_024 * 1_024 * GIB), EMBEDDED),
    /** When entries expire: `eternal`, or a time after creation, modification, access or touch. */
    CACHE_EXPIRY("expiry", null, of(Form.EXPIRY), EMBEDDED),
    /** Whether the cache gathers statistics. */
    CACHE_STATISTICS("statistics", null, of(Form.ON_OFF), EMBEDDED),
    /** Whether the cache publishes its configuration as an MXBean. */
    CACHE_MANAGEMENT("management", null, of(Form.ON_OFF), EMBEDDED);

    /** Where a setting takes effect: from the embedded node on, or only on a ring. */
    public enum Effect {
        EMBEDDED,
        RING
    }

    static final String PREFIX = "hypercache.";
    static final String CACHE_PREFIX = "hypercache.cache.";
    private static final Setting[] ALL = values();

    private final String name;
    private final @Nullable String defaultText;
    private final ValueType type;
    private final Effect effect;
    private final boolean perCache;

    Setting(String name, @Nullable String defaultText, ValueType type, Effect effect) {
        this.name = name;
        this.defaultText = defaultText;
        this.type = type;
        this.effect = effect;
        this.perCache = !name.startsWith("hypercache.");
    }

    /** The full key, or for a setting of caches the part after the cache's name. */
    public String key() {
        return name;
    }

    /** The key as documentation and messages write it: with {@code <name>} where a cache's name goes. */
    public String displayKey() {
        return perCache ? CACHE_PREFIX + "<name>." + name : name;
    }

    /** The default in the notation of a properties file; null when the setting is unset by default. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    public ValueType type() {
        return type;
    }

    public Effect effect() {
        return effect;
    }

    /** The first release that knows the key. */
    public String since() {
        return "0.1";
    }

    /** Whether the key is given per cache name or pattern. */
    public boolean isPerCache() {
        return perCache;
    }

    /** Whether messages must not show the value. */
    public boolean isSecret() {
        return type.form() == Form.SECRET;
    }

    /** All settings in the order of the table, without the copy that {@code values()} makes. */
    static Setting at(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }
}
