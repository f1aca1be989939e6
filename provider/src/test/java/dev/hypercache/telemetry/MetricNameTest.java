package dev.hypercache.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricNameTest {
    /** Dashboards depend on these names and types: a line here changes only with a release note. */
    private static final List<String> GOLDEN = List.of(
            "hypercache_dist_gets COUNTER CACHE",
            "hypercache_dist_hits COUNTER CACHE",
            "hypercache_dist_misses COUNTER CACHE",
            "hypercache_dist_puts COUNTER CACHE",
            "hypercache_dist_removals COUNTER CACHE",
            "hypercache_dist_evictions COUNTER CACHE",
            "hypercache_dist_expirations COUNTER CACHE",
            "hypercache_dist_entries GAUGE CACHE",
            "hypercache_dist_loads COUNTER CACHE",
            "hypercache_dist_load_failures COUNTER CACHE",
            "hypercache_dist_loads_not_stored COUNTER CACHE",
            "hypercache_dist_writes COUNTER CACHE",
            "hypercache_dist_write_failures COUNTER CACHE",
            "hypercache_dist_listener_failures COUNTER CACHE",
            "hypercache_dist_listener_backlog GAUGE CACHE",
            "hypercache_dist_listener_backlog_full COUNTER CACHE",
            "hypercache_dist_processor_retries COUNTER CACHE",
            "hypercache_dist_undecodable_values COUNTER CACHE",
            "hypercache_dist_get_latency HISTOGRAM CACHE",
            "hypercache_dist_put_latency HISTOGRAM CACHE",
            "hypercache_dist_remove_latency HISTOGRAM CACHE",
            "hypercache_dist_invoke_latency HISTOGRAM CACHE",
            "hypercache_dist_holds_waited COUNTER NODE",
            "hypercache_dist_holds_refused COUNTER NODE",
            "hypercache_dist_holds_exceeded COUNTER NODE",
            "hypercache_dist_timer_ticks COUNTER NODE",
            "hypercache_dist_timer_failures COUNTER NODE",
            "hypercache_dist_invariant_failures COUNTER NODE",
            "hypercache_dist_requests_in_flight GAUGE NODE",
            "hypercache_dist_requests_led_here COUNTER NODE",
            "hypercache_dist_requests_led_elsewhere COUNTER NODE",
            "hypercache_dist_requests_failed COUNTER NODE",
            "hypercache_dist_requests_indeterminate COUNTER NODE",
            "hypercache_dist_requests_refused COUNTER NODE",
            "hypercache_dist_leaderless_stale_retries COUNTER NODE",
            "hypercache_dist_leaderless_skew_refused COUNTER NODE",
            "hypercache_dist_leaderless_skew_renamed COUNTER NODE",
            "hypercache_dist_leaderless_atomics COUNTER NODE",
            "hypercache_dist_leaderless_floors_raised COUNTER NODE",
            "hypercache_dist_leaderless_below_floor COUNTER NODE",
            "hypercache_dist_leaderless_overflows COUNTER NODE",
            "hypercache_dist_expiries_untold COUNTER NODE",
            "hypercache_dist_forming_ballots COUNTER NODE",
            "hypercache_dist_forming_ballots_lost COUNTER NODE",
            "hypercache_dist_forming_votes COUNTER NODE",
            "hypercache_dist_name_conflicts COUNTER NODE",
            "hypercache_dist_joins_admitted COUNTER NODE",
            "hypercache_dist_joins_deferred COUNTER NODE",
            "hypercache_dist_joins_refused COUNTER NODE",
            "hypercache_dist_members_suspected GAUGE NODE",
            "hypercache_dist_members GAUGE NODE",
            "hypercache_dist_members_dead GAUGE NODE",
            "hypercache_dist_topology_index GAUGE NODE",
            "hypercache_dist_topology_offered COUNTER NODE",
            "hypercache_dist_topology_conflicts COUNTER NODE",
            "hypercache_dist_slots_held GAUGE NODE",
            "hypercache_dist_slots_led GAUGE NODE",
            "hypercache_dist_slots_under_replicated GAUGE NODE",
            "hypercache_dist_moves_begun COUNTER NODE",
            "hypercache_dist_moves_completed COUNTER NODE",
            "hypercache_dist_moves_failed COUNTER NODE",
            "hypercache_dist_moves_open GAUGE NODE",
            "hypercache_dist_moves_records COUNTER NODE",
            "hypercache_dist_moves_bytes COUNTER NODE",
            "hypercache_dist_moves_retries COUNTER NODE",
            "hypercache_dist_moves_throttled COUNTER NODE",
            "hypercache_dist_moves_paced COUNTER NODE",
            "hypercache_dist_heartbeat_successes COUNTER NODE",
            "hypercache_dist_heartbeat_failures COUNTER NODE",
            "hypercache_dist_heartbeat_indirect COUNTER NODE",
            "hypercache_dist_heartbeat_help_refused COUNTER NODE",
            "hypercache_dist_heartbeat_self_blamed COUNTER NODE",
            "hypercache_dist_heartbeat_pauses COUNTER NODE",
            "hypercache_dist_heartbeat_slowness GAUGE NODE",
            "hypercache_dist_member_suspicions COUNTER NODE",
            "hypercache_dist_member_deaths COUNTER NODE",
            "hypercache_dist_member_cleared COUNTER NODE",
            "hypercache_dist_member_revived COUNTER NODE",
            "hypercache_dist_member_refutations COUNTER NODE",
            "hypercache_dist_member_gossip_dropped COUNTER NODE",
            "hypercache_dist_member_gossip_unknown COUNTER NODE",
            "hypercache_dist_member_version GAUGE NODE",
            "hypercache_dist_member_alive GAUGE NODE",
            "hypercache_dist_member_suspect GAUGE NODE",
            "hypercache_dist_takeovers COUNTER NODE",
            "hypercache_dist_returns_offered COUNTER NODE",
            "hypercache_dist_cache_drift GAUGE NODE",
            "hypercache_dist_slots_lost GAUGE NODE",
            "hypercache_dist_reforms COUNTER NODE",
            "hypercache_dist_slots_reset COUNTER NODE",
            "hypercache_dist_tombstones GAUGE NODE",
            "hypercache_dist_floors_raised COUNTER NODE",
            "hypercache_dist_expiries_unasked COUNTER NODE",
            "hypercache_dist_hints_queued COUNTER NODE",
            "hypercache_dist_hints_replayed COUNTER NODE",
            "hypercache_dist_hints_expired COUNTER NODE",
            "hypercache_dist_hints_dropped COUNTER NODE",
            "hypercache_dist_hints_pending GAUGE NODE",
            "hypercache_dist_hints_bytes GAUGE NODE",
            "hypercache_dist_frames_dropped COUNTER NODE",
            "hypercache_dist_frames_refused COUNTER NODE",
            "hypercache_dist_transport_connections GAUGE NODE",
            "hypercache_dist_transport_bytes_in COUNTER NODE",
            "hypercache_dist_transport_bytes_out COUNTER NODE",
            "hypercache_dist_transport_frames_in COUNTER NODE",
            "hypercache_dist_transport_frames_out COUNTER NODE",
            "hypercache_dist_transport_reconnects COUNTER NODE",
            "hypercache_dist_transport_overloads COUNTER NODE",
            "hypercache_dist_transport_stalls COUNTER NODE",
            "hypercache_dist_transport_refusals COUNTER NODE",
            "hypercache_dist_transport_compressions COUNTER NODE",
            "hypercache_dist_transport_bytes_saved COUNTER NODE",
            "hypercache_dist_auth_rejected COUNTER NODE",
            "hypercache_dist_auth_denied COUNTER NODE",
            "hypercache_dist_auth_replay_full COUNTER NODE",
            "hypercache_dist_tls_handshake_failures COUNTER NODE",
            "hypercache_dist_keys_held_back GAUGE NODE",
            "hypercache_dist_security_reloads COUNTER NODE",
            "hypercache_dist_security_reload_failures COUNTER NODE",
            "hypercache_dist_cert_expiry_seconds GAUGE NODE",
            "hypercache_dist_http_requests COUNTER NODE",
            "hypercache_dist_http_in_flight GAUGE NODE",
            "hypercache_dist_http_refused COUNTER NODE",
            "hypercache_dist_http_failed COUNTER NODE",
            "hypercache_dist_http_overloads COUNTER NODE",
            "hypercache_dist_http_repeats COUNTER NODE",
            "hypercache_dist_repair_cycles COUNTER NODE",
            "hypercache_dist_repair_cycles_clean COUNTER NODE",
            "hypercache_dist_repair_cycles_unanswered COUNTER NODE",
            "hypercache_dist_repair_bytes COUNTER NODE",
            "hypercache_dist_repair_interval GAUGE NODE",
            "hypercache_dist_repair_differences COUNTER NODE",
            "hypercache_dist_repair_records_sent COUNTER NODE",
            "hypercache_dist_repair_polls COUNTER NODE",
            "hypercache_dist_repair_polls_full COUNTER NODE",
            "hypercache_dist_repair_revived COUNTER NODE",
            "hypercache_dist_repair_dropped COUNTER NODE",
            "hypercache_dist_recount_mismatches COUNTER NODE",
            "hypercache_dist_read_repair_hints COUNTER NODE",
            "hypercache_dist_read_repairs COUNTER NODE",
            "hypercache_dist_read_repairs_needless COUNTER NODE",
            "hypercache_dist_read_repairs_dropped COUNTER NODE",
            "hypercache_dist_read_counts_sent COUNTER NODE",
            "hypercache_dist_read_counts_dropped COUNTER NODE",
            "hypercache_dist_digest_reads COUNTER NODE",
            "hypercache_dist_digest_reads_to_leader COUNTER NODE",
            "hypercache_dist_callers_yielded COUNTER NODE",
            "hypercache_dist_callers_parked COUNTER NODE",
            "hypercache_dist_topology_log_index GAUGE NODE",
            "hypercache_dist_topology_leader_known GAUGE NODE",
            "hypercache_dist_topology_voter GAUGE NODE",
            "hypercache_dist_topology_elections COUNTER NODE",
            "hypercache_dist_topology_appends COUNTER NODE",
            "hypercache_dist_topology_rebuilds COUNTER NODE",
            "hypercache_dist_topology_levers COUNTER NODE",
            "hypercache_dist_topology_frames_refused COUNTER NODE",
            "hypercache_dist_topology_full COUNTER NODE");

    @Test
    void namesAndTypesAreStable() {
        List<String> actual = new ArrayList<>();
        for (MetricName name : MetricName.values()) {
            actual.add(name.metric() + " " + name.kind() + " " + name.scope());
        }

        assertThat(actual).containsExactlyElementsOf(GOLDEN);
    }

    @ParameterizedTest
    @EnumSource(MetricName.class)
    void namesAreSnakeCaseWithThePrefix(MetricName name) {
        assertThat(name.metric()).matches("hypercache_dist_[a-z]+(_[a-z]+)*");
        assertThat(name.unit()).isNotBlank();
    }

    @Test
    void cacheIsPartOfTheNameAndEscaped() {
        assertThat(MetricName.GETS.metric("books.by-id")).isEqualTo("hypercache_dist_gets{cache=\"books.by-id\"}");
        assertThat(MetricName.GETS.metric("a\"\\\n")).isEqualTo("hypercache_dist_gets{cache=\"a\\\"\\\\\\n\"}");
    }
}
