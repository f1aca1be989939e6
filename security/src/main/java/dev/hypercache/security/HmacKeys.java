package dev.hypercache.security;

import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The HMAC keys that a node knows.
 *
 * <p>Readers take one immutable {@link Installed} set and never wait; changes are rare and replace it under the monitor of
 * this object.
 */
public final class HmacKeys implements SigningKeys {

    private volatile Installed installed = new Installed(Map.of(), null);

    /** Makes an empty set. */
    public HmacKeys() {}

    @Override
    public synchronized void install(SigningKey key) {
        Map<String, HmacKey> byId = new TreeMap<>(installed.byId);
        if (byId.containsKey(Objects.requireNonNull(key, "key").id())) {
            throw new IllegalArgumentException(
                    "Key \"" + key.id()
                            + "\" is installed already: an id names one key. Give the new key a new id, or remove the old one.");
        }
        if (byId.size() >= KEYS_MAX) {
            throw new IllegalStateException("Key \"" + key.id() + "\" cannot be installed: " + KEYS_MAX
                    + " keys are, which is the most. Remove one that no node uses.");
        }
        byId.put(key.id(), HmacKey.of(key));
        installed = new Installed(byId, installed.signingId);
    }

    @Override
    public synchronized void use(String keyId) {
        if (!installed.byId.containsKey(Objects.requireNonNull(keyId, "keyId"))) {
            throw new IllegalArgumentException(
                    "Key \"" + keyId + "\" is not installed. Install it on every node, then use it.");
        }
        installed = new Installed(installed.byId, keyId);
    }

    @Override
    public synchronized void remove(String keyId) {
        HmacKey key = installed.byId.get(Objects.requireNonNull(keyId, "keyId"));
        if (key == null) {
            return;
        }
        if (keyId.equals(installed.signingId)) {
            throw new IllegalStateException(
                    "Key \"" + keyId + "\" cannot be removed: it is the one that signs. Use another key first.");
        }
        Map<String, HmacKey> byId = new TreeMap<>(installed.byId);
        byId.remove(keyId);
        installed = new Installed(byId, installed.signingId);
        key.key().secret().destroy();
    }

    @Override
    public List<KeyStatus> status() {
        Installed now = installed;
        List<KeyStatus> rows = new ArrayList<>(now.byId.size());
        for (HmacKey hmac : now.byId.values()) {
            SigningKey key = hmac.key();
            rows.add(new KeyStatus(
                    key.id(), key.role(), key.id().equals(now.signingId), key.notBeforeMillis(), key.notAfterMillis()));
        }
        return List.copyOf(rows);
    }

    @Nullable
    HmacKey find(String keyId) {
        return installed.byId.get(keyId);
    }

    @Nullable
    HmacKey signing() {
        Installed now = installed;
        return now.signingId == null ? null : now.byId.get(now.signingId);
    }

    /** What is installed at one moment; never changed. */
    private record Installed(
            Map<String, HmacKey> byId, @Nullable String signingId) {}
}
