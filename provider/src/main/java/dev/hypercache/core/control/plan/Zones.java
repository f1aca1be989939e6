package dev.hypercache.core.control.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Which candidates fail together, and how many replicas of a slot one zone may hold.
 *
 * <p>The limit is the smallest with which a slot finds all its replicas. With as many zones as replicas it is 1; with fewer,
 * zones share. Candidates without a zone count as one zone, so a ring that names none is limited by nothing.
 */
final class Zones {

    private final int[] zoneOf;
    private final int[] sizes;
    private final int limit;

    Zones(List<Candidate> candidates, int replicas) {
        List<String> names = new ArrayList<>();
        zoneOf = new int[candidates.size()];
        for (int i = 0; i < zoneOf.length; i++) {
            String name = candidates.get(i).zone();
            if (!names.contains(name)) {
                names.add(name);
            }
            zoneOf[i] = names.indexOf(name);
        }
        sizes = new int[names.size()];
        for (int zone : zoneOf) {
            sizes[zone]++;
        }
        int smallest = 1;
        while (placesOfASlot(smallest) < Math.min(replicas, zoneOf.length)) {
            smallest++;
        }
        limit = smallest;
    }

    int of(int candidate) {
        return zoneOf[candidate];
    }

    /** How many replicas of a slot one zone may hold. */
    int limit() {
        return limit;
    }

    /**
     * What each candidate should hold: first the zones divide, then the candidates within each.
     *
     * @param slots the number of slots
     * @param replicas of each slot
     * @param weights of the candidates
     * @param held what each holds already
     */
    int[] divide(int slots, int replicas, long[] weights, int[] held) {
        long[] zoneWeights = new long[sizes.length];
        int[] zoneHeld = new int[sizes.length];
        int[] zoneCaps = new int[sizes.length];
        for (int i = 0; i < zoneOf.length; i++) {
            zoneWeights[zoneOf[i]] += weights[i];
            zoneHeld[zoneOf[i]] += held[i];
        }
        for (int zone = 0; zone < sizes.length; zone++) {
            zoneCaps[zone] = slots * Math.min(limit, sizes[zone]);
        }
        int[] zoneShares = Shares.divide(slots * replicas, zoneWeights, zoneCaps, zoneHeld);
        int[] shares = new int[zoneOf.length];
        for (int zone = 0; zone < sizes.length; zone++) {
            divideWithin(zone, zoneShares[zone], slots, weights, held, shares);
        }
        return shares;
    }

    private void divideWithin(int zone, int whole, int slots, long[] weights, int[] held, int[] shares) {
        long[] ownWeights = new long[zoneOf.length];
        int[] caps = new int[zoneOf.length];
        for (int i = 0; i < zoneOf.length; i++) {
            ownWeights[i] = zoneOf[i] == zone ? weights[i] : 0;
            caps[i] = slots;
        }
        int[] own = Shares.divide(whole, ownWeights, caps, held);
        for (int i = 0; i < zoneOf.length; i++) {
            shares[i] += own[i];
        }
    }

    private int placesOfASlot(int perZone) {
        int places = 0;
        for (int size : sizes) {
            places += Math.min(perZone, size);
        }
        return places;
    }
}
