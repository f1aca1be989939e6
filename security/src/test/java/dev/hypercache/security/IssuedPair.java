package dev.hypercache.security;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key pair with a certificate, issued for a test. */
record IssuedPair(KeyPair keyPair, X509Certificate certificate) {

    static IssuedPair selfSigned(String subject, String algorithm) throws Exception {
        KeyPair pair = generate(algorithm);
        return new IssuedPair(pair, certify(subject, pair, subject, pair));
    }

    IssuedPair issue(String subject, String algorithm) throws Exception {
        KeyPair pair = generate(algorithm);
        return new IssuedPair(
                pair,
                certify(subject, pair, certificate.getSubjectX500Principal().getName(), keyPair));
    }

    String certificatePem() throws IOException {
        return pem(certificate);
    }

    /** PKCS#8, not encrypted. */
    String keyPem() throws IOException {
        return pem(new JcaPKCS8Generator(keyPair.getPrivate(), null));
    }

    /** PKCS#8 under PBES2 with AES-256, as OpenSSL writes it. */
    String encryptedKeyPem(String password) throws Exception {
        return pem(new JcaPKCS8Generator(
                keyPair.getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword(password.toCharArray())
                        .setIterationCount(2_048)
                        .build()));
    }

    /** PKCS#1 or SEC 1, not encrypted. */
    String traditionalKeyPem() throws IOException {
        return pem(new JcaMiscPEMGenerator(
                PrivateKeyInfo.getInstance(keyPair.getPrivate().getEncoded())));
    }

    /** The form with a DEK-Info header. */
    String legacyEncryptedKeyPem(String password) throws IOException {
        return pem(new JcaMiscPEMGenerator(
                keyPair.getPrivate(),
                new JcePEMEncryptorBuilder("AES-128-CBC")
                        .setProvider(new BouncyCastleProvider())
                        .build(password.toCharArray())));
    }

    private static KeyPair generate(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static X509Certificate certify(String subject, KeyPair pair, String issuer, KeyPair issuerPair)
            throws Exception {
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Principal(issuer),
                                BigInteger.valueOf(now.toEpochMilli()),
                                Date.from(now.minus(1, ChronoUnit.HOURS)),
                                Date.from(now.plus(1, ChronoUnit.DAYS)),
                                new X500Principal(subject),
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerPair.getPrivate())));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
