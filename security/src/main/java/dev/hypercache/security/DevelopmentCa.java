package dev.hypercache.security;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A small certificate authority for development and tests: EC keys on P-256, certificates signed with ECDSA and SHA-256.
 *
 * <p>Not for production: it keeps its key beside what it issues, revokes nothing and logs nothing. Needs Bouncy Castle.
 *
 * <p>{@code java -cp ... dev.hypercache.security.DevelopmentCa --out certs --trust-domain example.org --cluster hypercache --member
 * n1 --member n2 --member n3 --client app} issues the certificates of a ring; without arguments it says what it takes. Safe for
 * use by any threads.
 */
public final class DevelopmentCa {

    /** The names under which a machine calls itself; what certificates for one machine are issued for. */
    public static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1", "::1");

    static final String NAME = "ca";

    private static final String EC = "EC";
    private static final String CURVE = "secp256r1";
    private static final int PASSWORD_BYTES = 24;

    private final Credentials own;

    private DevelopmentCa(Credentials own) {
        this.own = own;
    }

    /**
     * Makes an authority in memory.
     *
     * @param name its common name
     * @param notBefore first moment of validity; seconds count
     * @param notAfter last moment of validity
     * @return a new authority with a new key
     * @throws SecretUnavailableException if Bouncy Castle is missing
     */
    public static DevelopmentCa create(String name, Instant notBefore, Instant notAfter) {
        return perform(() -> {
            KeyPair pair = newPair();
            X509Certificate certificate = CertificateIssuer.authority(name, pair, notBefore, notAfter);
            return new DevelopmentCa(new Credentials(pair.getPrivate(), List.of(certificate)));
        });
    }

    /**
     * Takes up an authority that {@link #writeAuthority} has written.
     *
     * @param directory where {@code ca.pem} and {@code ca.key} lie
     * @return the authority
     * @throws SecretUnavailableException if a file is missing, malformed or open to others, if they
     *     are not those of an authority with an EC key, or if Bouncy Castle is missing
     */
    public static DevelopmentCa read(Path directory) {
        Path key = directory.resolve(NAME + ".key");
        Path certificate = directory.resolve(NAME + ".pem");
        Credentials own = new PemCredentials().read(key, certificate, null);
        if (own.chain().get(0).getBasicConstraints() < 0 || !EC.equals(own.key().getAlgorithm())) {
            throw new SecretUnavailableException("Files " + key + " and " + certificate
                    + " are not those of an authority with an EC key. Name another directory.");
        }
        return new DevelopmentCa(own);
    }

    /**
     * Returns what parties must trust.
     *
     * @return the authority's own certificate
     */
    public X509Certificate certificate() {
        return own.chain().get(0);
    }

    /**
     * Issues a certificate for {@link #LOCAL_HOSTS}, valid as long as the authority.
     *
     * @param identity who it speaks for
     * @return a new key with its certificate
     */
    public Credentials issue(Identity identity) {
        return issue(
                identity,
                LOCAL_HOSTS,
                certificate().getNotBefore().toInstant(),
                certificate().getNotAfter().toInstant());
    }

    /**
     * Issues a certificate.
     *
     * @param identity who it speaks for
     * @param hosts the host names and IP addresses it is for; may be empty
     * @param notBefore first moment of validity; seconds count
     * @param notAfter last moment of validity
     * @return a new key with its certificate
     */
    public Credentials issue(Identity identity, List<String> hosts, Instant notBefore, Instant notAfter) {
        return issue(identity.node(), List.of(identity.toUri()), hosts, notBefore, notAfter);
    }

    /**
     * Issues a certificate with any names, also such as nodes must refuse.
     *
     * @param commonName the subject's common name
     * @param uris its subject alternative names that are URIs, ASCII; may be empty
     * @param hosts its subject alternative names that are host names or IP addresses; may be empty
     * @param notBefore first moment of validity; seconds count
     * @param notAfter last moment of validity
     * @return a new key with its certificate
     */
    public Credentials issue(
            String commonName, List<String> uris, List<String> hosts, Instant notBefore, Instant notAfter) {
        LeafRequest request = new LeafRequest(commonName, uris, hosts, notBefore, notAfter);
        return perform(() -> {
            KeyPair pair = newPair();
            X509Certificate leaf = CertificateIssuer.leaf(own.key(), certificate(), request, pair.getPublic());
            return new Credentials(pair.getPrivate(), List.of(leaf));
        });
    }

    /**
     * Writes {@code ca.pem} and, with mode 0600, {@code ca.key}. Replaces such files.
     *
     * @param directory where to; made if it does not exist
     */
    public void writeAuthority(Path directory) {
        perform(() -> {
            CredentialFiles files = new CredentialFiles(directory);
            files.writeKey(NAME + ".key", own.key());
            return files.writeCertificates(NAME + ".pem", own.chain());
        });
    }

    /**
     * Writes {@code <name>.pem}, {@code ca.pem} and, with mode 0600, {@code <name>.key}. Replaces such files, each in one step.
     *
     * @param directory where to; made if it does not exist
     * @param name what the files are called
     * @param credentials what to write
     * @return the files, as a node takes them
     */
    public TlsFiles writePem(Path directory, String name, Credentials credentials) {
        return perform(() -> {
            CredentialFiles files = new CredentialFiles(directory);
            Path key = files.writeKey(name + ".key", credentials.key());
            Path chain = files.writeCertificates(name + ".pem", credentials.chain());
            return new TlsFiles(chain, key, files.writeCertificates(NAME + ".pem", own.chain()), null, null);
        });
    }

    /**
     * Writes, with mode 0600, the key store {@code <name>.p12}, which trusts this authority, and {@code <name>.password} with a new
     * password. Replaces such files.
     *
     * @param directory where to; made if it does not exist
     * @param name what the files are called
     * @param credentials what to write
     * @return the files, as a node takes them
     */
    public TlsFiles writePkcs12(Path directory, String name, Credentials credentials) {
        return perform(() -> {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            CredentialFiles files = new CredentialFiles(directory);
            Path keyStore = files.writeSecret(name + ".p12", storeOf(name, credentials, password));
            Path passwordFile =
                    files.writeSecret(name + ".password", (password + "\n").getBytes(StandardCharsets.US_ASCII));
            return new TlsFiles(null, null, null, keyStore, passwordFile);
        });
    }

    /**
     * Issues the certificates of a ring.
     *
     * @param args see {@link DevelopmentRing#USAGE}
     */
    public static void main(String[] args) {
        System.exit(DevelopmentRing.run(args, System.out, System.err));
    }

    private byte[] storeOf(String name, Credentials credentials, String password)
            throws GeneralSecurityException, IOException {
        char[] characters = password.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                name, credentials.key(), characters, credentials.chain().toArray(new X509Certificate[0]));
        store.setCertificateEntry("trust-" + NAME, certificate());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, characters);
        Arrays.fill(characters, '\0');
        return bytes.toByteArray();
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(EC);
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    private static <T> T perform(Work<T> work) {
        try {
            return work.run();
        } catch (NoClassDefFoundError e) {
            throw PemCertificates.needsBouncyCastle("The development authority cannot work: it", e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "This Java runtime cannot issue or store such a certificate. Use one with EC on P-256 and PKCS#12, and"
                            + " names of ASCII characters.",
                    e);
        }
    }

    /** Something that needs keys, certificates and perhaps Bouncy Castle. */
    private interface Work<T> {

        T run() throws GeneralSecurityException, IOException;
    }
}
