package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagerUriTest {
    @Test
    void nullIsTheDefault() {
        assertThat(ManagerUri.of(null).uri()).isEqualTo(URI.create("hypercache:default"));
        assertThat(ManagerUri.defaultUri()).isEqualTo(URI.create("hypercache:default"));
    }

    @ParameterizedTest
    @CsvSource({
        "hypercache:default,NAME",
        "hypercache:context-1,NAME",
        "hypercache://a:1,RING",
        "hypercache://a:1/,RING",
        "hypercache://a_b:1;10.0.0.2:2/orders,RING",
        "hypercache://[::1]:7400/orders,RING",
        "classpath:x/y.properties,LOCATION",
        "file:/x.properties,LOCATION",
        "x/y.properties,LOCATION",
        "jar:nested:/a.jar/!BOOT-INF/classes/!/x.properties,LOCATION"
    })
    void formsAreToldApart(URI uri, ManagerUri.Form form) {
        ManagerUri understood = ManagerUri.of(uri);

        assertThat(understood.form()).isEqualTo(form);
        assertThat(understood.uri()).isSameAs(uri.equals(ManagerUri.defaultUri()) ? ManagerUri.defaultUri() : uri);
    }

    @ParameterizedTest
    @CsvSource({
        "hypercache:default,hypercache:default",
        "hypercache:context-1,hypercache:context-1",
        "hypercache://a:1/orders,hypercache:default",
        "file:/x.properties,hypercache:default",
        "jar:nested:/app-1.1.jar/!BOOT-INF/classes/!/x.properties,hypercache:default"
    })
    void whatSaysWhereSomethingIsNamesNoManagerOfItsOwnOnTheRing(URI uri, String name) {
        assertThat(ManagerUri.of(uri).sharedName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hypercache:a?b=c",
                "hypercache:a#b",
                "hypercache:/a",
                "hypercache:///orders",
                "hypercache://host",
                "hypercache://host:0",
                "hypercache://a:1,b:2/orders",
                "hypercache://a:1;/orders",
                "hypercache://user@a:1/orders",
                "hypercache://a:1/orders?x=y",
                "hypercache://a:1/orders#x",
                "hypercache://a:1/two/names",
                "hypercache://file:x:1"
            })
    void brokenFormsAreRefusedWithTheLegalOnes(String uri) {
        assertThatThrownBy(() -> ManagerUri.of(URI.create(uri)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("manager URI '" + ManagerUri.withoutUser(uri) + "'")
                .hasMessageContaining("Use hypercache:<name>, hypercache://host:port;host:port/cluster");
    }

    @Test
    void passwordsAreNotShown() {
        ManagerUri uri = ManagerUri.of(URI.create("https://me:hunter2@host/x.properties"));

        assertThat(uri).hasToString("https://***@host/x.properties");
    }
}
