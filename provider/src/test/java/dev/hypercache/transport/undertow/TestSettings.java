package dev.hypercache.transport.undertow;

import dev.hypercache.transport.http.HttpLimits;
import java.util.concurrent.TimeUnit;

/** Settings with times that a test can wait for. */
record TestSettings(MuxSettings settings) {

    static TestSettings defaults() {
        return new TestSettings(MuxSettings.defaults());
    }

    TestSettings ioThreads(int count) {
        MuxSettings s = settings;
        return new TestSettings(new MuxSettings(
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
                s.http(),
                s.authentication()));
    }

    TestSettings authenticating(FrameAuthentication by) {
        return new TestSettings(settings.authenticating(by));
    }

    TestSettings compressing(int bytesMin) {
        return new TestSettings(settings.compressing(bytesMin));
    }

    /** Everything is too long soon. */
    TestSettings impatient() {
        MuxSettings s = settings;
        return new TestSettings(new MuxSettings(
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
                s.http(),
                s.authentication()));
    }

    TestSettings within(HttpLimits limits) {
        MuxSettings s = settings;
        return new TestSettings(new MuxSettings(
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
                limits,
                s.authentication()));
    }
}
