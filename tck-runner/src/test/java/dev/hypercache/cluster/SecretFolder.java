package dev.hypercache.cluster;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.NewKey;
import dev.hypercache.security.NewToken;
import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Files of everything that is secret at a node: shared keys, the digests of bearer tokens and, if wanted, an encrypted private
 * key with its password. What was planted is known.
 */
final class SecretFolder implements RingSecurity {

    static final String KEY = "k1";

    private static final String TOKENS = "tokens";
    private static final String KEYS = "keys";
    private static final String NODE_KEY = "node.key";
    private static final String PASSWORD = "the password of a private key, 7f3a9c";

    private final SecurityFolder folder = SecurityFolder.create();
    private final List<PlantedSecret> secrets = new ArrayList<>();
    /** What stood in the spoiled files. */
    private final Map<Path, byte[]> right = new HashMap<>();

    private final NewToken client = NewToken.of("client", Role.CLIENT);
    private final NewToken admin = NewToken.of("admin", Role.ADMIN);
    private final String keyLine = NewKey.line(KEY, Role.MEMBER) + " signs\n";
    private final int nodes;
    private final boolean hasTls;

    /** Writes the files; the authority is for certificates if there is one. */
    SecretFolder(int nodes, DevelopmentCa... authority) throws IOException, OperatorCreationException {
        this.nodes = nodes;
        this.hasTls = authority.length > 0;
        plantToken("client token", client.token());
        plantToken("admin token", admin.token());
        String encoded = keyLine.split(" ")[2].substring("base64:".length());
        secrets.add(PlantedSecret.of("shared key", Base64.getDecoder().decode(encoded)));
        secrets.add(PlantedSecret.of("password", PASSWORD));
        for (int node = 0; node < nodes; node++) {
            write(node, KEYS, keyLine);
            write(node, TOKENS, client.line() + "\n" + admin.line() + "\n");
            if (hasTls) {
                writeCertificate(node, authority[0]);
            }
        }
    }

    private void plantToken(String name, String text) {
        secrets.add(PlantedSecret.of(name, text));
        secrets.add(PlantedSecret.of(name + ", decoded", Base64.getUrlDecoder().decode(text)));
    }

    private void write(int node, String name, String text) throws IOException {
        folder.write(folder.file(node, name), text.getBytes(StandardCharsets.US_ASCII));
    }

    private void writeCertificate(int node, DevelopmentCa authority) throws IOException, OperatorCreationException {
        Credentials own = authority.issue(CertificateFolder.identity(Role.MEMBER, "n" + (node + 1)));
        Path directory = folder.file(node, "node.pem").getParent();
        TlsFiles unused = authority.writePem(directory, "node", own);
        write(node, NODE_KEY, encrypted(own.key()));
        write(node, "password", PASSWORD + "\n");
        byte[] scalar = ((ECPrivateKey) own.key()).getS().toByteArray();
        secrets.add(PlantedSecret.of("private key of node " + node, scalar));
        secrets.add(new PlantedSecret(
                "private key of node " + node + " as a number",
                List.of(((ECPrivateKey) own.key()).getS().toString())));
    }

    private static String encrypted(PrivateKey key) throws IOException, OperatorCreationException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS8Generator(
                    key,
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword(PASSWORD.toCharArray())
                            .build()));
        }
        return text.toString();
    }

    /** Everything that must not be found elsewhere. */
    List<PlantedSecret> secrets() {
        return List.copyOf(secrets);
    }

    /** What a caller with role client shows. */
    String clientToken() {
        return client.token();
    }

    /** What a caller with role admin shows. */
    String adminToken() {
        return admin.token();
    }

    /** A token that no node knows; a mistyped one is as secret as a right one. */
    String newWrongToken() {
        String wrong = NewToken.of("nobody", Role.ADMIN).token();
        plantToken("wrong token", wrong);
        return wrong;
    }

    /** A file with a key that has the id of the shared one and other bytes. */
    Path newWrongKey() throws IOException {
        Path file = folder.staging().resolve("wrong");
        folder.write(file, (NewKey.line(KEY, Role.MEMBER) + " signs\n").getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    /**
     * Somebody mistakes a file: there is a token in place of its digest, a key with another prefix, or a password in place of a
     * private key.
     *
     * @param name one of {@link #files}
     */
    void spoil(String name) throws IOException {
        String text = switch (name) {
            case TOKENS -> "client client " + client.token() + "\n";
            case KEYS -> keyLine.replace("base64:", "base46:");
            case NODE_KEY -> PASSWORD + "\n";
            default -> throw new IllegalArgumentException(name + " is no file of secrets. Take one of files().");
        };
        for (int node = 0; node < nodes; node++) {
            right.put(folder.file(node, name), Files.readAllBytes(folder.file(node, name)));
            write(node, name, text);
        }
    }

    /** Puts a spoiled file right. */
    void mend(String name) throws IOException {
        for (int node = 0; node < nodes; node++) {
            Path file = folder.file(node, name);
            folder.write(file, Objects.requireNonNull(right.get(file), name));
        }
    }

    /** The files with secrets. */
    List<String> files() {
        return hasTls ? List.of(TOKENS, KEYS, NODE_KEY) : List.of(TOKENS, KEYS);
    }

    @Override
    public List<String> settingsOf(int node) {
        List<String> settings = new ArrayList<>();
        settings.add("hypercache.security.hmac.keys.file=" + folder.file(node, KEYS));
        settings.add("hypercache.security.bearer.file=" + folder.file(node, TOKENS));
        if (hasTls) {
            settings.add("hypercache.security.tls.cert=" + folder.file(node, "node.pem"));
            settings.add("hypercache.security.tls.key=" + folder.file(node, NODE_KEY));
            settings.add("hypercache.security.tls.trust=" + folder.file(node, "ca.pem"));
            settings.add("hypercache.security.tls.key-password.file=" + folder.file(node, "password"));
        }
        return settings;
    }
}
