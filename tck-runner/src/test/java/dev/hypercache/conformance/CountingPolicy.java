package dev.hypercache.conformance;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** An expiry policy that counts how often it is asked, and answers what the test says. */
final class CountingPolicy implements ExpiryPolicy {

    private final AtomicInteger creations = new AtomicInteger();
    private final AtomicInteger accesses = new AtomicInteger();
    private final AtomicInteger updates = new AtomicInteger();
    private final Answers answers;

    CountingPolicy(Duration creation, @Nullable Duration access, @Nullable Duration update) {
        this.answers = new Answers(creation, access, update);
    }

    static CountingPolicy eternal() {
        return new CountingPolicy(Duration.ETERNAL, null, null);
    }

    MutableConfiguration<String, String> configuration() {
        return FreshManager.stringsConfiguration().setExpiryPolicyFactory(() -> this);
    }

    Calls calls() {
        return new Calls(creations.get(), accesses.get(), updates.get());
    }

    @Override
    public Duration getExpiryForCreation() {
        creations.incrementAndGet();
        return answers.creation;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
        accesses.incrementAndGet();
        return answers.access;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
        updates.incrementAndGet();
        return answers.update;
    }

    private record Answers(
            Duration creation,
            @Nullable Duration access,
            @Nullable Duration update) {}

    /** How often each method was called. */
    record Calls(int creation, int access, int update) {

        static final Calls NONE = new Calls(0, 0, 0);
        static final Calls CREATION = new Calls(1, 0, 0);
        static final Calls ACCESS = new Calls(0, 1, 0);
        static final Calls UPDATE = new Calls(0, 0, 1);

        Calls minus(Calls earlier) {
            return new Calls(creation - earlier.creation, access - earlier.access, update - earlier.update);
        }
    }
}
