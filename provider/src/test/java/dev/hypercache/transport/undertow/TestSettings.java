package dev.hypercache.transport.undertow;

import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.HttpLimits;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings with times that a test can wait for. */
record TestSettings(MuxSettings settings, @Nullable Function<String, PortSecurity> security) {

    static TestSettings defaults() {
        return new TestSettings(MuxSettings.defaults(), null);
    }

    TestSettings ioThreads(int count) {
        MuxSettings s = settings;
        return new TestSettings(
                new MuxSettings(
                        count,
                        s.pingNanos(),
                        s.missesMax(),
                        s.idleNanos(),
                        s.helloNanos(),
                        s.stallNanos(),
                        s.farewellNanos(),
                        s.backOffLeastNanos(),
                        s.backOffMostNanos(),
                        s.compressBytesMin(),
                        s.renewNanos(),
                        s.http()),
                security);
    }

    /** Nodes share keys, and their frames are authentic. */
    TestSettings sharing(LiveKeys shared) {
        return secured(node -> TestKeys.security(node, shared));
    }

    /** Nodes have security by their names. */
    TestSettings secured(Function<String, PortSecurity> ofNode) {
        return new TestSettings(settings, ofNode);
    }

    TestSettings compressing(int bytesMin) {
        return new TestSettings(settings.compressing(bytesMin), security);
    }

    /** Nobody asks for signs of life. */
    TestSettings silent() {
        MuxSettings s = settings;
        return new TestSettings(
                new MuxSettings(
                        s.ioThreads(),
                        TimeUnit.HOURS.toNanos(1),
                        s.missesMax(),
                        TimeUnit.HOURS.toNanos(1),
                        s.helloNanos(),
                        s.stallNanos(),
                        s.farewellNanos(),
                        s.backOffLeastNanos(),
                        s.backOffMostNanos(),
                        s.compressBytesMin(),
                        s.renewNanos(),
                        s.http()),
                security);
    }

    /** Everything is too long soon. */
    TestSettings impatient() {
        MuxSettings s = settings;
        return new TestSettings(
                new MuxSettings(
                        s.ioThreads(),
                        TimeUnit.MILLISECONDS.toNanos(30),
                        3,
                        TimeUnit.MILLISECONDS.toNanos(400),
                        TimeUnit.MILLISECONDS.toNanos(300),
                        TimeUnit.MILLISECONDS.toNanos(300),
                        s.farewellNanos(),
                        s.backOffLeastNanos(),
                        s.backOffMostNanos(),
                        s.compressBytesMin(),
                        s.renewNanos(),
                        s.http()),
                security);
    }

    /** Connections of replaced certificates end soon. */
    TestSettings renewing(long millis) {
        MuxSettings s = settings;
        return new TestSettings(
                new MuxSettings(
                        s.ioThreads(),
                        s.pingNanos(),
                        s.missesMax(),
                        s.idleNanos(),
                        s.helloNanos(),
                        s.stallNanos(),
                        s.farewellNanos(),
                        s.backOffLeastNanos(),
                        s.backOffMostNanos(),
                        s.compressBytesMin(),
                        TimeUnit.MILLISECONDS.toNanos(millis),
                        s.http()),
                security);
    }

    TestSettings within(HttpLimits limits) {
        MuxSettings s = settings;
        return new TestSettings(
                new MuxSettings(
                        s.ioThreads(),
                        s.pingNanos(),
                        s.missesMax(),
                        s.idleNanos(),
                        s.helloNanos(),
                        s.stallNanos(),
                        s.farewellNanos(),
                        s.backOffLeastNanos(),
                        s.backOffMostNanos(),
                        s.compressBytesMin(),
                        s.renewNanos(),
                        limits),
                security);
    }
}
