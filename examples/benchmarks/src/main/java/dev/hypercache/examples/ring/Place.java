package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where an entry is, as seen from the member that asks for it. */
enum Place {
    /** Anywhere: as many keys of each of the other places as there are if every member has its equal share. */
    ANY,
    /** Operations on it are performed by this member, and copied to two others. */
    HERE,
    /** Another member performs them; this one keeps a copy. */
    ELSEWHERE,
    /** Another member performs them, and this one keeps no copy. */
    FAR;

    /** Of so many members, on how many an entry may be for the driver to see it here; the rest have no place of it. */
    private int share(int members) {
        return switch (this) {
            case ANY -> members;
            case HERE -> 1;
            case ELSEWHERE -> Math.min(members, Grid.COPIES) - 1;
            case FAR -> Math.max(0, members - Grid.COPIES);
        };
    }

    /** Keys of all places, each place with its equal share: members do not always have one. */
    static List<String> mix(Map<Place, List<String>> byPlace, int members) {
        int unit = Integer.MAX_VALUE;
        for (Place place : byPlace.keySet()) {
            unit = Math.min(unit, byPlace.get(place).size() / place.share(members));
        }
        List<String> mixed = new ArrayList<>();
        for (Place place : byPlace.keySet()) {
            mixed.addAll(byPlace.get(place).subList(0, unit * place.share(members)));
        }
        return mixed;
    }
}
