package dev.hypercache.examples.ring;

import javax.cache.Cache;

/**
 * What is called. Each operation writes the value that a key has anyway, so the cache is the same at every moment; each tells
 * whether the answer was the right one.
 */
enum Operation {
    /** Reads a present entry. */
    GET {
        @Override
        boolean perform(Cache<String, byte[]> cache, Keys keys, int choice) {
            byte[] value = cache.get(keys.key(choice));
            return value != null && value.length == Keys.VALUE_BYTES;
        }
    },
    /** Overwrites a present entry. */
    PUT {
        @Override
        boolean perform(Cache<String, byte[]> cache, Keys keys, int choice) {
            cache.put(keys.key(choice), keys.value(choice));
            return true;
        }
    },
    /** Compares and sets: {@code replace(key, old, new)} of a present entry with the value that it has. */
    REPLACE {
        @Override
        boolean perform(Cache<String, byte[]> cache, Keys keys, int choice) {
            return cache.replace(keys.key(choice), keys.value(choice), keys.value(choice));
        }
    },
    /** An entry processor that reads the value, sets another and returns a number. */
    INVOKE {
        @Override
        boolean perform(Cache<String, byte[]> cache, Keys keys, int choice) {
            return cache.invoke(keys.key(choice), ReadAndWrite.PROCESSOR, (Object) keys.value(choice))
                    == Keys.VALUE_BYTES;
        }
    },
    /** Reads {@value Keys#BULK} present entries. */
    GET_ALL {
        @Override
        boolean perform(Cache<String, byte[]> cache, Keys keys, int choice) {
            return cache.getAll(keys.bulkKeys(choice)).size() == Keys.BULK;
        }
    },
    /** Overwrites {@value Keys#BULK} present entries. */
    PUT_ALL {
        @Override
        boolean perform(Cache<String, byte[]> cache, Keys keys, int choice) {
            cache.putAll(keys.bulk(choice));
            return true;
        }
    };

    /** Whether it is the reading or the writing of one entry and no more. */
    boolean isSingle() {
        return this == GET || this == PUT;
    }

    abstract boolean perform(Cache<String, byte[]> cache, Keys keys, int choice);
}
