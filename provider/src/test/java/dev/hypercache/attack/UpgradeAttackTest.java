package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.security.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 48 of the attack list: nobody gets from HTTP to frames who has not proved who it is. */
@Timeout(120)
final class UpgradeAttackTest {

    private static final String UPGRADE =
            "GET /internal/mux HTTP/1.1\r\nHost: node:1\r\nConnection: Upgrade\r\nUpgrade: hcmux/1\r\n";

    @TempDir
    private Path directory;

    private void isTurnedAway(AttackedNode node, String request, int status, String reason) throws Exception {
        Attacks attack = Attacks.on(node);
        try (RawCaller caller = node.caller()) {
            Answer answer = caller.send(request).readAll();
            assertThat(answer.text()).doesNotContain(" 101 ");
            attack.turnsAway(answer, status, "", reason, "");
        }
    }

    private AttackedNode node(boolean tls) throws Exception {
        return tls ? AttackedNode.withTls(directory) : AttackedNode.withoutTls(directory);
    }

    @ParameterizedTest(name = "row 48: TLS {0}")
    @ValueSource(booleans = {true, false})
    void row48_nobodyIsUpgradedWithoutAProof(boolean tls) throws Exception {
        try (AttackedNode node = node(tls)) {
            isTurnedAway(node, UPGRADE + "\r\n", 401, "NO_PROOF");
            isTurnedAway(node, UPGRADE + "Authorization: Bearer guess\r\n\r\n", 401, "UNKNOWN_TOKEN");
            isTurnedAway(node, UPGRADE + "Authorization: Bearer " + node.token(Role.METRICS) + "\r\n\r\n", 403, "ROLE");
            String signed = node.keys().call().get().replace("/internal/get?cache=books&key=k", "/internal/mux");
            isTurnedAway(
                    node, signed.replace("Host", "Connection: Upgrade\r\nUpgrade: hcmux/1\r\nHost"), 401, "SIGNATURE");
        }
    }

    @Test
    void row48_tokenGivesNoKeysForFramesWithoutTls() throws Exception {
        try (AttackedNode node = AttackedNode.withoutTls(directory)) {
            String upgrade = UPGRADE + "Authorization: Bearer ";
            isTurnedAway(node, upgrade + node.token(Role.CLIENT) + "\r\n\r\n", 401, "NO_PROOF");
            isTurnedAway(node, upgrade + node.token(Role.MEMBER) + "\r\n\r\n", 403, "ROLE");
        }
    }

    @Test
    void row48_tokenOfAClientIsEnoughOnTls() throws Exception {
        try (AttackedNode node = AttackedNode.withTls(directory);
                RawCaller caller = node.caller()) {
            caller.send(UPGRADE + node.authorization() + "\r\n");
            assertThat(caller.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }
}
