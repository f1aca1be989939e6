package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place where a seed runs: one life after the other. */
final class FormSeat {

    private static final long TICK_MILLIS = 100;
    private static final long JOIN_MILLIS = 10_000;

    private final FormWorld world;
    private final Address address;
    private final String name;
    private final SplittableRandom chance;
    private @Nullable Life life;

    FormSeat(FormWorld world, int number, SplittableRandom chance) {
        this.world = world;
        this.name = "n" + number;
        this.address = new Address(name, 7_400);
        this.chance = chance;
    }

    Address address() {
        return address;
    }

    String name() {
        return name;
    }

    @Nullable
    Life life() {
        return life;
    }

    void start() {
        if (life == null) {
            Life fresh = new Life();
            life = fresh;
            fresh.tick();
        }
    }

    void crash() {
        life = null;
    }

    private UUID uuid() {
        return new UUID(chance.nextLong(), chance.nextLong());
    }

    /** One life of the seed. */
    final class Life {

        private final NodeProfile profile = new NodeProfile(name, uuid(), address, 100, "");
        private final SeedCard card = new SeedCard(profile, FormWorld.TERMS, null);
        private final Forming forming;
        private @Nullable Payload joined;
        private int joins;
        private boolean isAsking;

        Life() {
            this.forming = new Forming(
                    card,
                    world.electorate(),
                    FormingPace.DEFAULTS,
                    new Forming.Chances(chance::nextLong, FormSeat.this::uuid));
            forming.seeds(world.addresses());
        }

        NodeProfile profile() {
            return profile;
        }

        Forming forming() {
            return forming;
        }

        boolean isAlive() {
            return life == this;
        }

        /** The founding of the ring of which it is a member; null if of none. */
        @Nullable
        Payload ring() {
            return joined == null ? forming.membership() : joined;
        }

        SeedCard card() {
            Payload ring = ring();
            return ring == null ? card : card.inRing(ring);
        }

        private long now() {
            return world.time().nowMillis();
        }

        private void tick() {
            if (!isAlive()) {
                return;
            }
            if (joined == null) {
                List<Ask> asks = forming.tick(now());
                world.oracle().look(this);
                asks.forEach(ask -> world.ask(this, ask));
                join();
            }
            world.time().after(TICK_MILLIS / 2 + chance.nextInt((int) TICK_MILLIS), this::tick);
        }

        private void join() {
            List<Address> members = forming.members(now());
            if (ring() != null || isAsking || members.isEmpty()) {
                return;
            }
            isAsking = true;
            int number = ++joins;
            forming.joining(true);
            world.askToJoin(this, members.get(chance.nextInt(members.size())), number);
            world.time().after(JOIN_MILLIS, () -> joinEnded(number));
        }

        void joinEnded(int number) {
            if (isAlive() && isAsking && joins == number) {
                isAsking = false;
                forming.joining(false);
            }
        }

        void admitted(Payload ring, int number) {
            if (isAlive() && isAsking && joins == number && ring() == null) {
                joined = ring;
            }
            joinEnded(number);
        }

        FormAnswer asked(FormRequest request) {
            boolean isMember = ring() != null;
            Payload ring = joined;
            FormAnswer answer = ring != null ? new FormAnswer.InRing(ring, true) : forming.asked(request, now());
            world.oracle().look(this);
            if (isMember) {
                world.oracle().requireNoVote(this, answer);
            }
            return answer;
        }

        void answered(Address from, FormAnswer answer) {
            if (isAlive() && joined == null) {
                forming.answered(from, answer, now());
                world.oracle().look(this);
            }
        }

        void heard(Address from, SeedCard other, long askedMillis) {
            if (isAlive() && joined == null) {
                forming.heard(from, other, askedMillis, now());
                world.oracle().look(this);
            }
        }
    }
}
