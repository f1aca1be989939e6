package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Where an entry is, as seen from the member that asks for it. */
enum Place {
    /** Anywhere: keys of all the other places, as {@link #mix} puts them together. */
    ANY,
    /** Operations on it are performed by this member, and copied to two others. */
    HERE,
    /** Another member performs them; this one keeps a copy. */
    ELSEWHERE,
    /** Another member performs them, and this one keeps no copy. */
    FAR;

    /**
     * Keys of all places, so many of them here that each member has its equal share of the operations. Members do not always
     * have one of the keys.
     */
    static List<String> mix(Map<Place, List<String>> byPlace, int members) {
        List<String> here = byPlace.getOrDefault(HERE, List.of());
        List<String> others = new ArrayList<>();
        byPlace.forEach((place, found) -> others.addAll(place == HERE ? List.of() : found));
        Collections.shuffle(others, new Random(members));
        int unit = Math.min(here.size(), others.size() / (members - 1));
        List<String> mixed = new ArrayList<>(here.subList(0, unit));
        mixed.addAll(others.subList(0, unit * (members - 1)));
        return mixed;
    }
}
