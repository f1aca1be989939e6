package dev.hypercache.bootstrap;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.management.ReloadReport;
import dev.hypercache.management.ReloadReport.Certificates;
import dev.hypercache.management.Reloading;
import dev.hypercache.spi.security.BearerTokens;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.KeyChanges;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.LiveTokens;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a node's security anew. Everything is read and checked before anything changes; what cannot be used leaves
 * what was there in use. Safe for use by any threads.
 */
final class SecurityReload implements Reloading {

    private final Settings settings;
    private final SecuritySources sources;
    private final PortSecurity port;
    private final NodeLog log;

    SecurityReload(Settings settings, SecuritySources sources, PortSecurity port, NodeLog log) {
        this.settings = settings;
        this.sources = sources;
        this.port = port;
        this.log = log;
    }

    @Override
    public synchronized ReloadReport reload(String cause, boolean force) {
        try {
            LiveTls tls = port.tls();
            TlsMaterial material = tls == null ? null : sources.readTls();
            if (material != null) {
                SecurityRules.requireOwn(settings, material.identity());
            }
            LiveTokens tokens = port.tokens();
            BearerTokens granted = tokens == null ? null : sources.readTokens();
            SignedCalls calls = port.signatures();
            // Last of what is read, and first of what may refuse: nobody else would destroy the secrets.
            KeyChanges keys = calls == null ? null : apply(calls.keys(), sources.readKeys(), cause, force);
            if (tokens != null && granted != null) {
                tokens.replace(granted);
                port.audit().record("TOKENS_RELOADED", "cause", cause);
            }
            Certificates certificates = tls == null || material == null ? null : replace(tls, material, cause);
            port.counters().reloaded();
            return new ReloadReport(null, certificates, keys, tokens != null);
        } catch (SecretUnavailableException | ConfigurationException | IllegalStateException e) {
            return failed(cause, e);
        }
    }

    private ReloadReport failed(String cause, RuntimeException why) {
        String problem = String.valueOf(why.getMessage());
        port.counters().reloadFailed();
        port.audit().record("RELOAD_FAILED", "cause", cause, "detail", problem);
        log.warn("security")
                .setCause(why)
                .log("Security files cannot be read anew; what was read before stays in use.");
        return ReloadReport.failed(problem);
    }

    private KeyChanges apply(LiveKeys keys, Listed listed, String cause, boolean force) {
        KeyChanges changes = force ? keys.apply(listed) : keys.apply(listed, port.nowMillis());
        port.audit()
                .record(
                        "KEYS_RELOADED",
                        "cause",
                        cause,
                        "signing",
                        listed.signing(),
                        "installed",
                        changes.installed().toString(),
                        "removed",
                        changes.removed().toString(),
                        "heldBack",
                        keys.heldBack().toString());
        tellUsers(changes);
        return changes;
    }

    /** Removes keys that were held back and that nobody uses any more; warns of those that somebody does. */
    synchronized void lookAtKeys() {
        SignedCalls calls = port.signatures();
        if (calls == null) {
            return;
        }
        KeyChanges changes = calls.keys().look(port.nowMillis());
        if (!changes.removed().isEmpty()) {
            port.audit().record("KEYS_REMOVED", "removed", changes.removed().toString());
        }
        tellUsers(changes);
    }

    private void tellUsers(KeyChanges changes) {
        changes.heldBack().forEach((keyId, peer) -> {
            port.audit().record("KEY_HELD_BACK", "key", keyId, "peer", peer);
            log.warn("security")
                    .addKeyValue("key", keyId)
                    .addKeyValue("peer", peer)
                    .log(
                            "Key {} is listed no more, but {} used it a short time ago: it still verifies, until nobody has"
                                    + " used it for a minute. Let that peer sign with the key that signs here.",
                            keyId,
                            peer);
        });
    }

    private @Nullable Certificates replace(LiveTls tls, TlsMaterial material, String cause) {
        String oldSerial = serialOf(tls.current());
        String newSerial = serialOf(material);
        tls.replace(material);
        port.audit().record("TLS_RELOADED", "cause", cause, "oldSerial", oldSerial, "newSerial", newSerial);
        log.info("security")
                .addKeyValue("serial", newSerial)
                .addKeyValue("drain", settings.duration(Setting.SECURITY_DRAIN))
                .log(
                        "New connections use the certificates that were read anew; older connections end within the drain.");
        return new Certificates(oldSerial, newSerial);
    }

    private static String serialOf(TlsMaterial material) {
        return material.chain().get(0).getSerialNumber().toString(16);
    }
}
