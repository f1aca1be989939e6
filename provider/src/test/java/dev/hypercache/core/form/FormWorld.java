package dev.hypercache.core.form;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Seeds, the network between them, and who watches. */
final class FormWorld {

    static final RingTerms TERMS = new RingTerms("sim", 16, RingTerms.KEY_HASH, 3, new TreeMap<>());

    private final VirtualTime time = new VirtualTime();
    private final List<FormSeat> seats = new ArrayList<>();
    private final FormNetwork network;
    private final FormOracle oracle;
    private final boolean fixed;

    FormWorld(int count, boolean fixed, SplittableRandom chance) {
        this.fixed = fixed;
        this.network = new FormNetwork(time, chance.split());
        for (int i = 1; i <= count; i++) {
            seats.add(new FormSeat(this, i, chance.split()));
        }
        this.oracle = new FormOracle(seats, time);
    }

    VirtualTime time() {
        return time;
    }

    FormNetwork network() {
        return network;
    }

    FormOracle oracle() {
        return oracle;
    }

    List<FormSeat> seats() {
        return seats;
    }

    List<Address> addresses() {
        return seats.stream().map(FormSeat::address).toList();
    }

    Forming.Electorate electorate() {
        return new Forming.Electorate(fixed, seats.size());
    }

    private FormSeat at(Address address) {
        return seats.stream()
                .filter(seat -> seat.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    void ask(FormSeat.Life asker, Ask ask) {
        Address from = asker.profile().address();
        long askedMillis = time.nowMillis();
        network.send(from, ask.to(), () -> {
            FormSeat.Life asked = at(ask.to()).life();
            if (asked == null) {
                return;
            }
            FormRequest request = ask.request();
            if (request == null) {
                SeedCard card = asked.card();
                network.send(ask.to(), from, () -> asker.heard(ask.to(), card, askedMillis));
            } else {
                FormAnswer answer = asked.asked(request);
                oracle.answered(answer);
                network.send(ask.to(), from, () -> asker.answered(ask.to(), answer));
            }
        });
    }

    /** A member admits whoever asks. */
    void askToJoin(FormSeat.Life asker, Address member, int number) {
        Address from = asker.profile().address();
        network.send(from, member, () -> {
            FormSeat.Life asked = at(member).life();
            Payload ring = asked == null ? null : asked.ring();
            network.send(member, from, () -> {
                if (ring == null) {
                    asker.joinEnded(number);
                } else {
                    asker.admitted(ring, number);
                }
            });
        });
    }
}
