package dev.hypercache.spi.security;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the TLS material of a node lies: either {@code certificate}, {@code key} and {@code trust} in PEM, or one {@code
 * keyStore} in PKCS#12 with the key, its chain and, as certificate entries, the authorities that are trusted.
 *
 * @param certificate the chain, the node's own certificate first (PEM)
 * @param key the private key of the first certificate (PEM); readable by its owner alone
 * @param trust the authorities that are trusted (PEM); with a key store, in place of those in it
 * @param keyStore the key store (PKCS#12); readable by its owner alone
 * @param password the file with the password of the key or key store; readable by its owner alone
 */
public record TlsFiles(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path trust,
        @Nullable Path keyStore,
        @Nullable Path password) {

    /**
     * Lists the files, to be watched for changes.
     *
     * @return those that are named, unmodifiable
     */
    public List<Path> all() {
        List<Path> named = new ArrayList<>();
        for (Path file : new Path[] {certificate, key, trust, keyStore, password}) {
            if (file != null) {
                named.add(file);
            }
        }
        return List.copyOf(named);
    }
}
