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

    /** How long what may last. */
    private record Times(long pingNanos, int missesMax, long idleNanos, long helloNanos, long stallNanos) {

        static Times of(MuxSettings s) {
            return new Times(s.pingNanos(), s.missesMax(), s.idleNanos(), s.helloNanos(), s.stallNanos());
        }
    }

    private TestSettings with(int ioThreads, Times times, long renewNanos, HttpLimits http) {
        return new TestSettings(
                new MuxSettings(
                        ioThreads,
                        times.pingNanos,
                        times.missesMax,
                        times.idleNanos,
                        times.helloNanos,
                        times.stallNanos,
                        settings.farewellNanos(),
                        settings.backOffLeastNanos(),
                        settings.backOffMostNanos(),
                        settings.compressBytesMin(),
                        renewNanos,
                        http),
                security);
    }

    private TestSettings with(Times times) {
        return with(settings.ioThreads(), times, settings.renewNanos(), settings.http());
    }

    TestSettings ioThreads(int count) {
        return with(count, Times.of(settings), settings.renewNanos(), settings.http());
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
        long hour = TimeUnit.HOURS.toNanos(1);
        return with(new Times(hour, settings.missesMax(), hour, settings.helloNanos(), settings.stallNanos()));
    }

    /** Who takes nothing is given up soon. */
    TestSettings stalling() {
        Times times = Times.of(settings);
        long soonNanos = TimeUnit.MILLISECONDS.toNanos(300);
        return with(new Times(times.pingNanos, times.missesMax, times.idleNanos, times.helloNanos, soonNanos));
    }

    /** Everything is too long soon. */
    TestSettings impatient() {
        return with(new Times(
                TimeUnit.MILLISECONDS.toNanos(30),
                3,
                TimeUnit.MILLISECONDS.toNanos(400),
                TimeUnit.MILLISECONDS.toNanos(300),
                TimeUnit.MILLISECONDS.toNanos(300)));
    }

    /** Connections of replaced certificates end soon. */
    TestSettings renewing(long millis) {
        return with(settings.ioThreads(), Times.of(settings), TimeUnit.MILLISECONDS.toNanos(millis), settings.http());
    }

    TestSettings within(HttpLimits limits) {
        return with(settings.ioThreads(), Times.of(settings), settings.renewNanos(), limits);
    }
}
