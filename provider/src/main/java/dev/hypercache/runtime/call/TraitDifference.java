package dev.hypercache.runtime.call;

/**
 * What a node and the ring say differently of a cache.
 *
 * @param field what they differ in
 * @param onRing what the ring says
 * @param here what the node says
 * @param remedy what to do
 * @param shared whether they must not differ in it
 */
public record TraitDifference(String field, String onRing, String here, String remedy, boolean shared) {

    @Override
    public String toString() {
        return field + "=" + onRing + " on the ring and " + field + "=" + here + " here (" + remedy + ")";
    }
}
