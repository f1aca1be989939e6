package dev.hypercache.telemetry;

import static dev.hypercache.telemetry.MetricName.Kind.COUNTER;
import static dev.hypercache.telemetry.MetricName.Kind.GAUGE;
import static dev.hypercache.telemetry.MetricName.Kind.HISTOGRAM;
import static dev.hypercache.telemetry.MetricName.Scope.CACHE;
import static dev.hypercache.telemetry.MetricName.Scope.NODE;

/**
 * Every metric: its name, kind, scope and unit.
 *
 * <p>The Javadoc sentence of each constant is the sentence of {@code docs/METRICS.md}, which is generated from this
 * file and compared by a test. Names are stable over releases.
 */
public enum MetricName {
    /** Entries that an operation asked for: hits and misses. */
    GETS("gets", COUNTER, CACHE, "operations"),
    /** Entries asked for and found. */
    HITS("hits", COUNTER, CACHE, "operations"),
    /** Entries asked for and not found. */
    MISSES("misses", COUNTER, CACHE, "operations"),
    /** Entries stored by the application; what a loader brings does not count. */
    PUTS("puts", COUNTER, CACHE, "operations"),
    /** Entries removed by the application. */
    REMOVALS("removals", COUNTER, CACHE, "operations"),
    /** Entries dropped because a size bound was reached. */
    EVICTIONS("evictions", COUNTER, CACHE, "entries"),
    /** Entries whose time was over. */
    EXPIRATIONS("expirations", COUNTER, CACHE, "entries"),
    /** Entries held now. */
    ENTRIES("entries", GAUGE, CACHE, "entries"),
    /** Calls of the cache loader. */
    LOADS("loads", COUNTER, CACHE, "calls"),
    /** Calls of the cache loader that threw. */
    LOAD_FAILURES("load_failures", COUNTER, CACHE, "calls"),
    /** Loaded values that went to the caller only, because the key changed meanwhile. */
    LOADS_NOT_STORED("loads_not_stored", COUNTER, CACHE, "values"),
    /** Calls of the cache writer. */
    WRITES("writes", COUNTER, CACHE, "calls"),
    /** Calls of the cache writer that threw. */
    WRITE_FAILURES("write_failures", COUNTER, CACHE, "calls"),
    /** Keys that the writer had written and the ring did not take, or nobody knows; the cache forgets them. */
    WRITES_NOT_APPLIED("writes_not_applied", COUNTER, CACHE, "keys"),
    /** Calls of a listener or its filter that threw. */
    LISTENER_FAILURES("listener_failures", COUNTER, CACHE, "calls"),
    /** Events that wait for an asynchronous listener. */
    LISTENER_BACKLOG("listener_backlog", GAUGE, CACHE, "events"),
    /** Events dropped because an asynchronous listener had too many to deliver and made no room in time. */
    LISTENER_BACKLOG_FULL("listener_backlog_full", COUNTER, CACHE, "events"),
    /** Entry processors run again because the entry changed under them. */
    PROCESSOR_RETRIES("processor_retries", COUNTER, CACHE, "calls"),
    /** Stored values that could not be decoded and counted as absent. */
    UNDECODABLE_VALUES("undecodable_values", COUNTER, CACHE, "values"),
    /** Asynchronous calls that were refused because too many waited for the application's loader, writer, policy or processor. */
    ASYNC_CALLS_REFUSED("async_calls_refused", COUNTER, CACHE, "calls"),
    /** Time of an operation that reads, as its caller sees it. */
    GET_LATENCY("get_latency", HISTOGRAM, CACHE, "nanoseconds"),
    /** Time of an operation that stores, as its caller sees it. */
    PUT_LATENCY("put_latency", HISTOGRAM, CACHE, "nanoseconds"),
    /** Time of an operation that removes, as its caller sees it. */
    REMOVE_LATENCY("remove_latency", HISTOGRAM, CACHE, "nanoseconds"),
    /** Time of an entry processor's invocation, as its caller sees it. */
    INVOKE_LATENCY("invoke_latency", HISTOGRAM, CACHE, "nanoseconds"),
    /** Callers that waited for another one's hold. */
    HOLDS_WAITED("holds_waited", COUNTER, NODE, "calls"),
    /** Callers refused because the bound of waiting callers of a key was reached. */
    HOLDS_REFUSED("holds_refused", COUNTER, NODE, "calls"),
    /** Holds taken away because they lasted longer than `hypercache.hold.max`. */
    HOLDS_EXCEEDED("holds_exceeded", COUNTER, NODE, "holds"),
    /** Runs of the node's timer, which expires entries. */
    TIMER_TICKS("timer_ticks", COUNTER, NODE, "runs"),
    /** Runs of the node's timer that threw. */
    TIMER_FAILURES("timer_failures", COUNTER, NODE, "runs"),
    /** Broken invariants of the node itself: each is a bug and ends one operation. */
    INVARIANT_FAILURES("invariant_failures", COUNTER, NODE, "operations"),
    /** Operations of this node's callers that are under way on the ring. */
    REQUESTS_IN_FLIGHT("requests_in_flight", GAUGE, NODE, "operations"),
    /** Requests of this node's callers that it performed itself, as the leader of their slot. */
    REQUESTS_LED_HERE("requests_led_here", COUNTER, NODE, "requests"),
    /** Requests of this node's callers that were sent to another member. */
    REQUESTS_LED_ELSEWHERE("requests_led_elsewhere", COUNTER, NODE, "requests"),
    /** Answers that the request came to a node that could not perform it, so that it took another way. */
    REQUESTS_REDIRECTED("requests_redirected", COUNTER, NODE, "answers"),
    /** Operations on the ring that failed and were certainly not applied. */
    REQUESTS_FAILED("requests_failed", COUNTER, NODE, "operations"),
    /** Operations on the ring of which nobody knows whether they were applied. */
    REQUESTS_INDETERMINATE("requests_indeterminate", COUNTER, NODE, "operations"),
    /** Operations refused because `hypercache.requests.max` of them were under way. */
    REQUESTS_REFUSED("requests_refused", COUNTER, NODE, "operations"),
    /** Writes of caches written at ONE that were written anew, because another replica held something newer. */
    LEADERLESS_STALE_RETRIES("leaderless_stale_retries", COUNTER, NODE, "writes"),
    /** Records of caches written at ONE that were refused, because they came from further ahead than `hypercache.clock.max-offset`. */
    LEADERLESS_SKEW_REFUSED("leaderless_skew_refused", COUNTER, NODE, "records"),
    /** Records of caches written at ONE that got a version of the present, because a majority refused that of the future. */
    LEADERLESS_SKEW_RENAMED("leaderless_skew_renamed", COUNTER, NODE, "records"),
    /** Operations of caches written at ONE that depend on what is held, so that others may have been performed beside them. */
    LEADERLESS_ATOMICS("leaderless_atomics", COUNTER, NODE, "operations"),
    /** Floors that were raised below the tombstones of caches written at ONE, so that these could go. */
    LEADERLESS_FLOORS_RAISED("leaderless_floors_raised", COUNTER, NODE, "floors"),
    /** Records of caches written at ONE that were refused, because they may have been deleted since. */
    LEADERLESS_BELOW_FLOOR("leaderless_below_floor", COUNTER, NODE, "records"),
    /** Times that a replica missed more of the caches written at ONE than is remembered, so that it will be compared. */
    LEADERLESS_OVERFLOWS("leaderless_overflows", COUNTER, NODE, "overflows"),
    /** Times that a node with listeners did not keep up with the changes of a slot led here: it was told what came of them. */
    LISTENER_OVERFLOWS("listener_overflows", COUNTER, NODE, "overflows"),
    /** Operations whose answer did not wait any longer for synchronous listeners of other nodes. */
    LISTENER_LATE("listener_late", COUNTER, NODE, "operations"),
    /** Changes that leaders told this node's listeners again, and that were dropped as repeats. */
    EVENTS_REPEATED("events_repeated", COUNTER, NODE, "events"),
    /** Members that did not answer in time when statistics of the whole ring were asked for; the sum was marked. */
    STATISTICS_UNANSWERED("statistics_unanswered", COUNTER, NODE, "members"),
    /** Questions for statistics of the ring that were not sent, and words about caches that were not kept, because there were too many. */
    STATISTICS_REFUSED("statistics_refused", COUNTER, NODE, "requests"),
    /** Ballots in which this node stood as a candidate to found a ring. */
    FORMING_BALLOTS("forming_ballots", COUNTER, NODE, "ballots"),
    /** Such ballots that it lost or gave up. */
    FORMING_BALLOTS_LOST("forming_ballots_lost", COUNTER, NODE, "ballots"),
    /** Votes and acceptances that this node gave to candidates. */
    FORMING_VOTES("forming_votes", COUNTER, NODE, "votes"),
    /** Times that two living processes were seen under one node name; one of them must be renamed. */
    NAME_CONFLICTS("name_conflicts", COUNTER, NODE, "sightings"),
    /** Answers of this node by which its ring admitted another one. */
    JOINS_ADMITTED("joins_admitted", COUNTER, NODE, "answers"),
    /** Answers of this node by which another one was told to ask again. */
    JOINS_DEFERRED("joins_deferred", COUNTER, NODE, "answers"),
    /** Answers of this node by which another one was refused. */
    JOINS_REFUSED("joins_refused", COUNTER, NODE, "answers"),
    /** Other members that this node cannot reach. */
    MEMBERS_SUSPECTED("members_suspected", GAUGE, NODE, "members"),
    /** Members of the ring, this node among them, as far as it has followed the topology log. */
    MEMBERS("members", GAUGE, NODE, "members"),
    /** Members that others found dead and that the ring has not removed yet. */
    MEMBERS_DEAD("members_dead", GAUGE, NODE, "members"),
    /** Clients that are connected with this member. */
    CLIENTS("clients", GAUGE, NODE, "clients"),
    /** Clients that were not served because too many were connected already. */
    CLIENTS_REFUSED("clients_refused", COUNTER, NODE, "clients"),
    /** Caches that this member keeps open on behalf of clients. */
    CLIENT_LEASES("client_leases", GAUGE, NODE, "caches"),
    /** Requests of clients to keep caches open that were refused because too many were kept already. */
    CLIENT_LEASES_REFUSED("client_leases_refused", COUNTER, NODE, "requests"),
    /** Times that this client asked a member what the ring agreed on. */
    TOPOLOGY_PULLS("topology_pulls", COUNTER, NODE, "requests"),
    /** Such times without an answer. */
    TOPOLOGY_PULL_FAILURES("topology_pull_failures", COUNTER, NODE, "requests"),
    /** Times that this client found another ring and registered its caches there. */
    CLIENT_RESTARTS("client_restarts", COUNTER, NODE, "rings"),
    /** Changes of the topology log that this node has followed. */
    TOPOLOGY_INDEX("topology_index", GAUGE, NODE, "changes"),
    /** Steps of the ring's topology that this node put forward. */
    TOPOLOGY_OFFERED("topology_offered", COUNTER, NODE, "changes"),
    /** Those that were not taken because another member was faster; it looks again. */
    TOPOLOGY_CONFLICTS("topology_conflicts", COUNTER, NODE, "changes"),
    /** Slots of which this node holds a copy. */
    SLOTS_HELD("slots_held", GAUGE, NODE, "slots"),
    /** Slots that this node leads. */
    SLOTS_LED("slots_led", GAUGE, NODE, "slots"),
    /** Slots of the ring that have fewer living voters than replicas wanted, or whose replicas are about to change. */
    SLOTS_UNDER_REPLICATED("slots_under_replicated", GAUGE, NODE, "slots"),
    /** Copies at other members that this node began to fill. */
    MOVES_BEGUN("moves_begun", COUNTER, NODE, "copies"),
    /** Those that were filled. */
    MOVES_COMPLETED("moves_completed", COUNTER, NODE, "copies"),
    /** Those that were given up: the receiver was silent or is wanted no more, or another node leads. Who leads begins anew. */
    MOVES_FAILED("moves_failed", COUNTER, NODE, "copies"),
    /** Copies that this node fills now; at most `hypercache.rebalance.concurrency`. */
    MOVES_OPEN("moves_open", GAUGE, NODE, "copies"),
    /** Records sent to fill copies. */
    MOVES_RECORDS("moves_records", COUNTER, NODE, "records"),
    /** Bytes of these records, about; at most `hypercache.rebalance.rate`. */
    MOVES_BYTES("moves_bytes", COUNTER, NODE, "bytes"),
    /** Records of copies being filled that were sent again, since no answer came. */
    MOVES_RETRIES("moves_retries", COUNTER, NODE, "records"),
    /** How long transfers waited for `hypercache.rebalance.rate`, in sum. */
    MOVES_THROTTLED("moves_throttled", COUNTER, NODE, "milliseconds"),
    /** How long writers of this node waited for copies that it fills and that did not keep up, in sum over its threads. */
    MOVES_PACED("moves_paced", COUNTER, NODE, "milliseconds"),
    /** Probes of other members that got a sign of life in time, directly or by way of others. */
    HEARTBEAT_SUCCESSES("heartbeat_successes", COUNTER, NODE, "probes"),
    /** Probes of other members that got none. */
    HEARTBEAT_FAILURES("heartbeat_failures", COUNTER, NODE, "probes"),
    /** Probes for which others were asked for help, because the member was silent at first. */
    HEARTBEAT_INDIRECT("heartbeat_indirect", COUNTER, NODE, "probes"),
    /** Requests to probe a member for others that were passed over, because too many were under way. */
    HEARTBEAT_HELP_REFUSED("heartbeat_help_refused", COUNTER, NODE, "requests"),
    /** Failed probes that spoke against this node rather than against the member, because no helper was heard either. */
    HEARTBEAT_SELF_BLAMED("heartbeat_self_blamed", COUNTER, NODE, "probes"),
    /** Times that this node stood still for so long that its own waiting proves nothing of others. */
    HEARTBEAT_PAUSES("heartbeat_pauses", COUNTER, NODE, "pauses"),
    /** By how many times their length the timeouts of this node's probes are longer, because it has reason to doubt itself. */
    HEARTBEAT_SLOWNESS("heartbeat_slowness", GAUGE, NODE, "multiples"),
    /** Times that a member became suspect, as far as this node heard. */
    MEMBER_SUSPICIONS("member_suspicions", COUNTER, NODE, "changes"),
    /** Times that a member became dead. */
    MEMBER_DEATHS("member_deaths", COUNTER, NODE, "changes"),
    /** Times that a suspected member turned out to be alive. */
    MEMBER_CLEARED("member_cleared", COUNTER, NODE, "changes"),
    /** Times that a member that had been dead turned out to be alive. */
    MEMBER_REVIVED("member_revived", COUNTER, NODE, "changes"),
    /** Times that this node was told that it is suspect or dead, and refuted it. */
    MEMBER_REFUTATIONS("member_refutations", COUNTER, NODE, "refutations"),
    /** Beliefs about members that were dropped unsaid, because too many waited to be spread. */
    MEMBER_GOSSIP_DROPPED("member_gossip_dropped", COUNTER, NODE, "beliefs"),
    /** Beliefs about nodes that are no members here, which were passed over. */
    MEMBER_GOSSIP_UNKNOWN("member_gossip_unknown", COUNTER, NODE, "beliefs"),
    /** Changes of who is watched and of anybody's health, counted from this node's start. */
    MEMBER_VERSION("member_version", GAUGE, NODE, "changes"),
    /** Other members that are alive, as far as this node heard. */
    MEMBER_ALIVE("member_alive", GAUGE, NODE, "members"),
    /** Other members that are suspect. */
    MEMBER_SUSPECT("member_suspect", GAUGE, NODE, "members"),
    /** Slots of which this node became the leader. */
    TAKEOVERS("takeovers", COUNTER, NODE, "slots"),
    /** Times that this node led a slot and offered it to the replica that stands first. */
    RETURNS_OFFERED("returns_offered", COUNTER, NODE, "offers"),
    /** Fields of open caches in which this node's configuration differs from the ring's definition. */
    CACHE_DRIFT("cache_drift", GAUGE, NODE, "fields"),
    /** Slots of the ring without a majority of members among their voters: they stand still until their loss is resolved. */
    SLOTS_LOST("slots_lost", GAUGE, NODE, "slots"),
    /** Further generations of the ring, begun since the topology log had lost its majority, in which this node took part. */
    REFORMS("reforms", COUNTER, NODE, "generations"),
    /** Copies of slots that this node emptied, since the slot lost the majority of its voters and began anew. */
    SLOTS_RESET("slots_reset", COUNTER, NODE, "slots"),
    /** Records of deleted keys that are held now, because some replica may hold what they deleted. */
    TOMBSTONES("tombstones", GAUGE, NODE, "records"),
    /** Caches of which this node keeps anything, in the slot that has most; those that the ring has dropped are forgotten. */
    CACHES_KEPT("caches_kept", GAUGE, NODE, "caches"),
    /** Floors that were raised below the tombstones of a slot, so that these could go. */
    FLOORS_RAISED("floors_raised", COUNTER, NODE, "floors"),
    /** Entries whose time was over and that this node removed without an operation that came across them. */
    EXPIRIES_UNASKED("expiries_unasked", COUNTER, NODE, "entries"),
    /** Records that a follower missed and that were remembered for it. */
    HINTS_QUEUED("hints_queued", COUNTER, NODE, "hints"),
    /** Hints whose follower holds now what it missed. */
    HINTS_REPLAYED("hints_replayed", COUNTER, NODE, "hints"),
    /** Hints that became older than `hypercache.hint.ttl`; the follower is compared as a whole instead. */
    HINTS_EXPIRED("hints_expired", COUNTER, NODE, "hints"),
    /** Hints that exceeded a limit of `hypercache.hint.max`, or whose slot got another leader; the follower is compared as a whole. */
    HINTS_DROPPED("hints_dropped", COUNTER, NODE, "hints"),
    /** Hints that are kept now: `hints_queued` less those replayed, expired and dropped. */
    HINTS_PENDING("hints_pending", GAUGE, NODE, "hints"),
    /** Memory that the hints take that are kept now, about. */
    HINTS_BYTES("hints_bytes", GAUGE, NODE, "bytes"),
    /** Messages to other members that could not leave: no connection, too much under way, or too large. */
    FRAMES_DROPPED("frames_dropped", COUNTER, NODE, "messages"),
    /** Messages that were unreadable, not meant for this node, or from nobody who is a member. */
    FRAMES_REFUSED("frames_refused", COUNTER, NODE, "messages"),
    /** Connections with other nodes that are open now, whoever dialled. */
    TRANSPORT_CONNECTIONS("transport_connections", GAUGE, NODE, "connections"),
    /** Bytes received on these connections. */
    TRANSPORT_BYTES_IN("transport_bytes_in", COUNTER, NODE, "bytes"),
    /** Bytes sent on these connections. */
    TRANSPORT_BYTES_OUT("transport_bytes_out", COUNTER, NODE, "bytes"),
    /** Frames received on these connections. */
    TRANSPORT_FRAMES_IN("transport_frames_in", COUNTER, NODE, "frames"),
    /** Frames sent on these connections. */
    TRANSPORT_FRAMES_OUT("transport_frames_out", COUNTER, NODE, "frames"),
    /** Connections that this node dialled after it had lost or given up one with the same node. */
    TRANSPORT_RECONNECTS("transport_reconnects", COUNTER, NODE, "connections"),
    /** Messages that met a bound of what may be under way, here or at the other node. */
    TRANSPORT_OVERLOADS("transport_overloads", COUNTER, NODE, "messages"),
    /** Connections that were given up because the other node took nothing for too long. */
    TRANSPORT_STALLS("transport_stalls", COUNTER, NODE, "connections"),
    /** Connections that were refused or broke the protocol, and HTTP requests that were turned away. */
    TRANSPORT_REFUSALS("transport_refusals", COUNTER, NODE, "connections"),
    /** Messages that were sent to peers compressed. */
    TRANSPORT_COMPRESSIONS("transport_compressions", COUNTER, NODE, "messages"),
    /** Bytes that were not sent to peers because messages were compressed. */
    TRANSPORT_BYTES_SAVED("transport_bytes_saved", COUNTER, NODE, "bytes"),
    /** Callers and peers that were turned away because their proof was missing or not believed, or they belong elsewhere. */
    AUTH_REJECTED("auth_rejected", COUNTER, NODE, "callers"),
    /** Callers and peers that were turned away because their role may not do what they asked for. */
    AUTH_DENIED("auth_denied", COUNTER, NODE, "callers"),
    /** Signed requests that were turned away because too many were remembered to tell repetitions. */
    AUTH_REPLAY_FULL("auth_replay_full", COUNTER, NODE, "requests"),
    /** Connections that ended before their TLS handshake was complete. */
    TLS_HANDSHAKE_FAILURES("tls_handshake_failures", COUNTER, NODE, "connections"),
    /** Shared keys that the file lists no more and that still verify, because others used them a short time ago. */
    KEYS_HELD_BACK("keys_held_back", GAUGE, NODE, "keys"),
    /** Times that certificates, keys and tokens were read anew. */
    SECURITY_RELOADS("security_reloads", COUNTER, NODE, "reloads"),
    /** Times that they could not be read anew, so that the old ones stayed in use. */
    SECURITY_RELOAD_FAILURES("security_reload_failures", COUNTER, NODE, "reloads"),
    /** Time until this node's certificate expires, negative once it has; absent without TLS. */
    CERT_EXPIRY_SECONDS("cert_expiry_seconds", GAUGE, NODE, "seconds"),
    /** Requests for entries that came over HTTP and were not turned away by the gate. */
    HTTP_REQUESTS("http_requests", COUNTER, NODE, "requests"),
    /** Such requests that are under way. */
    HTTP_IN_FLIGHT("http_in_flight", GAUGE, NODE, "requests"),
    /** Such requests that were refused because their caller has to change them, the absence of an entry not included. */
    HTTP_REFUSED("http_refused", COUNTER, NODE, "requests"),
    /** Such requests that failed though their caller need not change them. */
    HTTP_FAILED("http_failed", COUNTER, NODE, "requests"),
    /** Such requests that met a bound of what may be under way or remembered. */
    HTTP_OVERLOADS("http_overloads", COUNTER, NODE, "requests"),
    /** Such requests that repeated one with the same `Idempotency-Key` and got its answer. */
    HTTP_REPEATS("http_repeats", COUNTER, NODE, "requests"),
    /** Questions of this node to a follower whether they hold the same, in all slots that this node leads. */
    REPAIR_CYCLES("repair_cycles", COUNTER, NODE, "questions"),
    /** Such questions to which the answer was yes. */
    REPAIR_CYCLES_CLEAN("repair_cycles_clean", COUNTER, NODE, "questions"),
    /** Such questions that were not answered before the next one. */
    REPAIR_CYCLES_UNANSWERED("repair_cycles_unanswered", COUNTER, NODE, "questions"),
    /** Bytes of the messages by which this node compares copies; records that are sent then do not count. */
    REPAIR_BYTES("repair_bytes", COUNTER, NODE, "bytes"),
    /** The shortest pause between two comparisons with a follower; it grows while they are clean. */
    REPAIR_INTERVAL("repair_interval", GAUGE, NODE, "milliseconds"),
    /** Slots of a follower that differed from this node's, and not because of writes under way. */
    REPAIR_DIFFERENCES("repair_differences", COUNTER, NODE, "slots"),
    /** Records sent to followers that lacked them though nothing was on its way. */
    REPAIR_RECORDS_SENT("repair_records_sent", COUNTER, NODE, "records"),
    /** Keys on which all voters were asked what they hold. */
    REPAIR_POLLS("repair_polls", COUNTER, NODE, "keys"),
    /** Times that more keys were in doubt than all voters may be asked for at once; the next comparison takes them up. */
    REPAIR_POLLS_FULL("repair_polls_full", COUNTER, NODE, "comparisons"),
    /** Records that a majority of the voters held and that were written anew. */
    REPAIR_REVIVED("repair_revived", COUNTER, NODE, "records"),
    /** Records that a minority of the voters held and that had to give way. */
    REPAIR_DROPPED("repair_dropped", COUNTER, NODE, "records"),
    /** Fingerprints of a cache in a slot that did not fit its records: a bug, or broken memory. */
    RECOUNT_MISMATCHES("recount_mismatches", COUNTER, NODE, "fingerprints"),
    /** Messages to leaders about replicas that readers of this node saw stale. */
    READ_REPAIR_HINTS("read_repair_hints", COUNTER, NODE, "messages"),
    /** Records sent to followers that a reader had seen stale. */
    READ_REPAIRS("read_repairs", COUNTER, NODE, "records"),
    /** Records that a follower held by the time that it was asked. */
    READ_REPAIRS_NEEDLESS("read_repairs_needless", COUNTER, NODE, "records"),
    /** Sightings of stale replicas that were forgotten because too many were kept already. */
    READ_REPAIRS_DROPPED("read_repairs_dropped", COUNTER, NODE, "sightings"),
    /** Entries of caches with a bound that callers of this node read past the leader, and of which it told the leader. */
    READ_COUNTS_SENT("read_counts_sent", COUNTER, NODE, "entries"),
    /** Sampled reads past the leader of which it was not told, because too many entries were read or nobody knew it. */
    READ_COUNTS_DROPPED("read_counts_dropped", COUNTER, NODE, "reads"),
    /** Keys read at QUORUM from this node's copy because other copies hold the same. */
    DIGEST_READS("digest_reads", COUNTER, NODE, "keys"),
    /** Keys for which the leader was asked because copies differ, their holders were silent, or the entry's life is over. */
    DIGEST_READS_TO_LEADER("digest_reads_to_leader", COUNTER, NODE, "keys"),
    /** Waits for other nodes that ended while the caller only yielded its processor. */
    CALLERS_YIELDED("callers_yielded", COUNTER, NODE, "waits"),
    /** Waits for other nodes in which the caller was parked. */
    CALLERS_PARKED("callers_parked", COUNTER, NODE, "waits"),
    /** The last change that this node's topology log holds; what the node has read of it is the topology index. */
    TOPOLOGY_LOG_INDEX("topology_log_index", GAUGE, NODE, "changes"),
    /** Whether this node knows a leader of the topology log: 1 or 0. */
    TOPOLOGY_LEADER_KNOWN("topology_leader_known", GAUGE, NODE, "leaders"),
    /** Whether this node votes on the topology log: 1 or 0. */
    TOPOLOGY_VOTER("topology_voter", GAUGE, NODE, "votes"),
    /** Times that this node became the leader of the topology log. */
    TOPOLOGY_ELECTIONS("topology_elections", COUNTER, NODE, "elections"),
    /** Changes of this node that the topology log took. */
    TOPOLOGY_APPENDS("topology_appends", COUNTER, NODE, "changes"),
    /** Times that the topology log's engine was built anew from what it had retained; more than a few an hour are a bug. */
    TOPOLOGY_REBUILDS("topology_rebuilds", COUNTER, NODE, "rebuilds"),
    /** Times that the topology log's engine was told of a term that it should have noticed itself. */
    TOPOLOGY_LEVERS("topology_levers", COUNTER, NODE, "levers"),
    /** Frames of the topology log that were unreadable, of another ring, or more than may wait. */
    TOPOLOGY_FRAMES_REFUSED("topology_frames_refused", COUNTER, NODE, "frames"),
    /** Changes that this node, leading, did not take because the topology log holds all that it may until a checkpoint. */
    TOPOLOGY_FULL("topology_full", COUNTER, NODE, "changes");

    /** What a metric's value does. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** A distribution with percentiles. */
        HISTOGRAM
    }

    /** What a metric is counted for. */
    public enum Scope {
        CACHE,
        NODE
    }

    private static final int COUNT = values().length;

    private final String name;
    private final Kind kind;
    private final Scope scope;
    private final String unit;

    MetricName(String name, Kind kind, Scope scope, String unit) {
        this.name = "hypercache_dist_" + name;
        this.kind = kind;
        this.scope = scope;
        this.unit = unit;
    }

    /** The name without a cache, such as {@code hypercache_dist_gets}. */
    public String metric() {
        return name;
    }

    /**
     * The name in the registry: of a cache's metric {@code hypercache_dist_gets{cache="books"}}, with backslash, quote
     * and line end escaped as in the text format of Prometheus.
     */
    public String metric(String cacheName) {
        String escaped = cacheName.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "{cache=\"" + escaped + "\"}";
    }

    public Kind kind() {
        return kind;
    }

    public Scope scope() {
        return scope;
    }

    public String unit() {
        return unit;
    }

    static int count() {
        return COUNT;
    }
}
