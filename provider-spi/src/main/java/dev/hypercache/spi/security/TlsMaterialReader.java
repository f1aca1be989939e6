package dev.hypercache.spi.security;

import java.util.List;

/**
 * Makes TLS material of files. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. Called by
 * any thread; waits for the disk and computes for some milliseconds.
 */
public interface TlsMaterialReader {

    /**
     * Reads all files anew, checks that they belong together, and lets the new context shake hands with itself in memory, so
     * that what it returns works.
     *
     * @param files where the material lies
     * @param protocols the versions to enable, {@code TLSv1.3} or {@code TLSv1.2}; empty for {@code TLSv1.3} alone
     * @return the material
     * @throws SecretUnavailableException if a file is missing, malformed or open to others, if the files do not belong
     *     together, a version is neither of the two, the own certificate has no identity, is not valid now or is not trusted by
     *     {@code trust}; the message says which and what to do
     */
    TlsMaterial read(TlsFiles files, List<String> protocols);
}
