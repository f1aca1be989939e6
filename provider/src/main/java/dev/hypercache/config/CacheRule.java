package dev.hypercache.config;

/**
 * One value given for the caches whose names match a pattern.
 *
 * @param pattern a cache name, or a pattern in which {@code *} stands for any characters
 * @param setting the setting of caches
 * @param value its value
 * @param origin where it was given; a pattern from the environment is in the notation of variables
 */
record CacheRule(String pattern, Setting setting, Object value, Origin origin) {

    /** How well the rule fits a cache: −1 not at all; the exact name beats the longest literal prefix. */
    int fit(String cacheName) {
        String name = origin.kind() == Origin.Kind.ENVIRONMENT ? KeyIndex.variable(cacheName) : cacheName;
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name) ? Integer.MAX_VALUE : -1;
        }
        return matches(pattern, name) ? star : -1;
    }

    /** Glob match with one kind of wildcard: on a mismatch the last star takes one more character. */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int lastStar = -1;
        int starTook = 0;
        for (int n = 0; n < name.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                lastStar = p++;
                starTook = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                n = ++starTook;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
