package dev.hypercache.config;

import org.jspecify.annotations.Nullable;

/** Finds settings by their keys, and the nearest key to a wrong one. */
final class KeyIndex {
    private KeyIndex() {}

    /** The setting of a whole node with this key; null when there is none. */
    static @Nullable Setting nodeSetting(String key) {
        for (int i = 0; i < Setting.count(); i++) {
            Setting setting = Setting.at(i);
            if (!setting.isPerCache() && setting.key().equals(key)) {
                return setting;
            }
        }
        return null;
    }

    /** The setting of caches with which the part of a key after {@code hypercache.cache.} ends. */
    static @Nullable Setting cacheSetting(String nameAndKey) {
        for (int i = 0; i < Setting.count(); i++) {
            Setting setting = Setting.at(i);
            if (setting.isPerCache() && endsWith(nameAndKey, '.', setting.key())) {
                return setting;
            }
        }
        return null;
    }

    /** The setting with this environment variable; for settings of caches the variable ends with their key. */
    static @Nullable Setting byVariable(String variable) {
        for (int i = 0; i < Setting.count(); i++) {
            Setting setting = Setting.at(i);
            String name = variable(setting.key());
            if (setting.isPerCache() ? endsWith(variable, '_', name) : name.equals(variable)) {
                return setting;
            }
        }
        return null;
    }

    private static boolean endsWith(String text, char separator, String suffix) {
        int at = text.length() - suffix.length() - 1;
        return at > 0 && text.charAt(at) == separator && text.endsWith(suffix);
    }

    /** A key as the name of an environment variable: upper case, anything but letters and digits as underscore. */
    static String variable(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            name.append(Character.isLetterOrDigit(c) || c == '*' ? Character.toUpperCase(c) : '_');
        }
        return name.toString();
    }

    /** The known key that a wrong key most likely means; null when none is near. */
    static @Nullable String nearest(String wrong) {
        String key = wrong.startsWith(Setting.PREFIX) ? wrong : Setting.PREFIX + wrong;
        String best = null;
        int bestDistance = Math.max(2, (key.length() - Setting.PREFIX.length()) / 3) + 1;
        for (int i = 0; i < Setting.count(); i++) {
            Setting setting = Setting.at(i);
            String candidate = setting.isPerCache() ? withCacheName(key, setting.key()) : setting.key();
            int distance = candidate == null ? Integer.MAX_VALUE : distance(key, candidate);
            if (candidate != null && distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** The key with as many last segments exchanged as the setting of caches has; null when nothing would remain. */
    private static @Nullable String withCacheName(String key, String suffix) {
        int end = key.length();
        for (int dots = 0; dots <= count(suffix, '.'); dots++) {
            end = key.lastIndexOf('.', end - 1);
            if (end < Setting.CACHE_PREFIX.length()) {
                return null;
            }
        }
        return key.startsWith(Setting.CACHE_PREFIX) ? key.substring(0, end + 1) + suffix : null;
    }

    private static int count(String text, char wanted) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) == wanted ? 1 : 0;
        }
        return count;
    }

    /** Levenshtein's edit distance; keys are cut so that a hostile key costs no more than a long one. */
    static int distance(String left, String right) {
        return editDistance(cut(left), cut(right));
    }

    private static String cut(String key) {
        return key.length() > 256 ? key.substring(0, 256) : key;
    }

    private static int editDistance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
