package dev.hypercache.security;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Finds keys and blocks in PEM text, with Bouncy Castle. */
final class PemKeys {

    private PemKeys() {}

    /**
     * Reads the first private key.
     *
     * @param pem the file's bytes
     * @param file where they come from, for messages
     * @param password what the key is encrypted with, or null
     * @return the key, made by the JDK's own providers
     * @throws SecretUnavailableException if there is none, or it cannot be opened
     */
    static PrivateKey read(byte[] pem, Path file, @Nullable Secret password) {
        try (PEMParser parser =
                new PEMParser(new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.ISO_8859_1))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                PrivateKeyInfo info = keyIn(block, file, password);
                if (info != null) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof SecretUnavailableException refusal) {
                throw refusal;
            }
            // A parser's message may quote what it could not parse, so it is not passed on.
            throw new SecretUnavailableException("File " + file
                    + " holds a malformed private key. Write it with: openssl pkcs8 -topk8 -in <key> -out <file>");
        }
        throw new SecretUnavailableException(
                "File " + file
                        + " holds no block BEGIN PRIVATE KEY or BEGIN ENCRYPTED PRIVATE KEY. Name the file of the private key.");
    }

    /**
     * Decodes all blocks of a kind.
     *
     * @param pem the file's bytes
     * @param type the word behind BEGIN
     * @return their contents in order
     * @throws IOException if a block is malformed
     */
    static List<byte[]> blocks(byte[] pem, String type) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        try (PemReader reader =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.ISO_8859_1))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                if (type.equals(block.getType())) {
                    blocks.add(block.getContent());
                }
            }
        } catch (RuntimeException e) {
            throw new IOException("malformed PEM", e);
        }
        return blocks;
    }

    private static @Nullable PrivateKeyInfo keyIn(Object block, Path file, @Nullable Secret password) {
        if (block instanceof PrivateKeyInfo info) {
            return info;
        }
        if (block instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (block instanceof PEMEncryptedKeyPair) {
            throw new SecretUnavailableException("The key in " + file
                    + " is encrypted in the legacy form of OpenSSL, whose key derivation is weak."
                    + " Convert it with: openssl pkcs8 -topk8 -in " + file + " -out <file>");
        }
        if (block instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            return opened(encrypted, file, password);
        }
        return null;
    }

    private static PrivateKeyInfo opened(PKCS8EncryptedPrivateKeyInfo encrypted, Path file, @Nullable Secret password) {
        if (password == null) {
            throw new SecretUnavailableException("The key in " + file
                    + " is encrypted and no password is given. Set hypercache.security.tls.key-password.file.");
        }
        return PasswordCharacters.use(password, characters -> decrypt(encrypted, file, characters));
    }

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, Path file, char[] password) {
        try {
            // The JDK does not know these ciphers by their object identifiers; the provider stays local to this call.
            return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(password));
        } catch (OperatorCreationException | PKCSException e) {
            throw new SecretUnavailableException(
                    "The key in " + file + " cannot be decrypted: the password is wrong, or the cipher is unknown."
                            + " Check the password file, or convert with: openssl pkcs8 -topk8 -v2 aes-256-cbc");
        }
    }
}
