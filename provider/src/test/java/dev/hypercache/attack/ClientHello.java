package dev.hypercache.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;

/** The first record of a TLS client (RFC 5246 §7.4.1.2) that the JDK would not send any more. */
final class ClientHello {

    /** secp256r1 and its points, ECDSA and RSA with SHA-256 and SHA-1. */
    private static final String EXTENSIONS =
            "000a00040002" + "0017" + "000b00020100" + "000d000c000a" + "04030401080402030201";

    private ClientHello() {}

    /**
     * Makes one without the extension that offers TLS 1.3.
     *
     * @param version such as 0x0301 for TLS 1.0
     * @param suite the only cipher suite
     */
    static String of(int version, int suite) {
        String body = hex(version) + "5a".repeat(32) + "00" + "0002" + hex(suite) + "0100"
                + hex(EXTENSIONS.length() / 2) + EXTENSIONS;
        String message = "0100" + hex(body.length() / 2) + body;
        return new String(HexFormat.of().parseHex("160301" + hex(message.length() / 2) + message), ISO_8859_1);
    }

    private static String hex(int twoBytes) {
        return HexFormat.of().toHexDigits((short) twoBytes);
    }
}
