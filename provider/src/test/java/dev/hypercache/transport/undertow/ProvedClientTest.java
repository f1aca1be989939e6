package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.attack.AuditLines;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.PortSecurity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that prove to be clients, by a certificate or by a key. */
final class ProvedClientTest extends RawNodes {

    @TempDir
    private Path directory;

    private final Map<String, PortSecurity> securities = new ConcurrentHashMap<>();

    private void useCertificates() {
        TestAuthority authority = TestAuthority.in(directory);
        use(TestSettings.defaults()
                .secured(node -> securities.computeIfAbsent(
                        node,
                        name -> name.equals("shop") ? authority.clientSecurity(name) : authority.security(name))));
    }

    private Node startServing() {
        Node member = start("member");
        member.listener().allow(message -> !text(message).equals("for members"));
        return member;
    }

    /** One of several processes that show the same certificate. */
    private Node startShop(int incarnation, Node member) throws Exception {
        Node shop = start(
                TransportOptions.withDefaults(id("shop", incarnation), bind()).asClient());
        assertThat(text(shop.call(member, "hello").awaitReply())).isEqualTo("hello");
        return shop;
    }

    private static void assertReaches(Node member, Node shop, String text) throws Exception {
        assertThat(member.post(shop, text, 0)).isTrue();
        assertThat(text(shop.listener().awaitPost())).isEqualTo(text);
    }

    @Test
    void processesThatShowTheSameCertificateDoNotDisturbEachOther() throws Exception {
        useCertificates();
        Node member = startServing();
        try (AuditLines audit = AuditLines.of("member")) {
            List<Node> shops = new ArrayList<>();
            for (int incarnation : IntStream.rangeClosed(1, 3).toArray()) {
                shops.add(startShop(incarnation, member));
            }
            for (Node shop : shops) {
                assertReaches(member, shop, "news for " + shop.id());
            }

            shops.remove(2).transport().close();
            Node abrupt = shops.remove(1);
            kill(abrupt.id());
            Node offender = startShop(4, member);
            assertThat(offender.call(member, "for members").awaitFailure()).isInstanceOf(ConnectionLost.class);

            Node first = shops.get(0);
            assertThat(text(first.call(member, "still there?").awaitReply())).isEqualTo("still there?");
            assertReaches(member, first, "more news");
            assertThat(first.transport().counts().reconnects()).isZero();
            assertThat(first.listener().firstEvents()).containsExactly("connected member#1", "post", "post");
            assertThat(audit.all())
                    .extracting(line -> line.path("event").asText())
                    .containsExactly("ROLE_DENIED");
        }
    }

    @Test
    void keyOfAClientIsEnoughForOne() throws Exception {
        LiveKeys ofMember = TestKeys.holding("members");
        SigningKey members = TestKeys.key("members", "members");
        SigningKey clients = SigningKey.unlimited(
                "clients", TestKeys.key("clients", "clients").secret(), Role.CLIENT);
        ofMember.apply(new Listed(List.of(members, clients), "members"));
        use(TestSettings.defaults().sharing(ofMember));
        Node member = startServing();
        LiveKeys ofClient = TestKeys.holding("clients");
        use(TestSettings.defaults().sharing(ofClient));

        Node shop = startShop(1, member);

        assertReaches(member, shop, "news");
        assertThat(shop.call(member, "for members").awaitFailure()).isInstanceOf(ConnectionLost.class);
    }
}
