package dev.hypercache.spi.storage;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

final class OldestFirstPolicyTest extends RetentionPolicyContract {

    @Override
    protected RetentionPolicy create(RetentionLimits limits, RetentionListener listener) {
        return new OldestFirstPolicy(limits, listener);
    }

    /** The plainest policy there is: the double that shows that the contract can be met. */
    private static final class OldestFirstPolicy implements RetentionPolicy {

        private long entriesMax;
        private long weightMax;
        private final RetentionListener listener;
        private final Map<Object, Known> known = new LinkedHashMap<>();
        private long weight;
        private long presentMillis;

        OldestFirstPolicy(RetentionLimits limits, RetentionListener listener) {
            this.entriesMax = limits.entriesMax();
            this.weightMax = limits.weightMax();
            this.listener = listener;
        }

        @Override
        public synchronized void recordWritten(Object key, long weight, long expiresAtMillis) {
            Objects.requireNonNull(key, "key");
            if (weight < 0) {
                throw new IllegalArgumentException("weight is " + weight + ": it must be 0 or more.");
            }
            recordRemoved(key);
            known.put(key, new Known(weight, expiresAtMillis));
            this.weight += weight;
            shrink();
        }

        @Override
        public void recordRead(Object key) {
            Objects.requireNonNull(key, "key");
        }

        @Override
        public synchronized void recordRemoved(Object key) {
            Known gone = known.remove(Objects.requireNonNull(key, "key"));
            weight -= gone == null ? 0 : gone.weight;
        }

        @Override
        public synchronized void limit(long entriesMax, long weightMax) {
            this.entriesMax = this.entriesMax == RetentionLimits.UNBOUNDED ? this.entriesMax : entriesMax;
            this.weightMax = this.weightMax == RetentionLimits.UNBOUNDED ? this.weightMax : weightMax;
        }

        @Override
        public synchronized long entries() {
            return known.size();
        }

        @Override
        public synchronized long weight() {
            return weight;
        }

        @Override
        public synchronized void cleared() {
            known.clear();
            weight = 0;
        }

        @Override
        public synchronized void maintain(long nowMillis) {
            presentMillis = Math.max(presentMillis, nowMillis);
            Iterator<Map.Entry<Object, Known>> entries = known.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<Object, Known> entry = entries.next();
                if (entry.getValue().expiresAtMillis <= presentMillis) {
                    weight -= entry.getValue().weight;
                    entries.remove();
                    listener.proposeExpiry(entry.getKey());
                }
            }
            shrink();
        }

        @Override
        public synchronized long nextDeadlineMillis() {
            return known.values().stream()
                    .mapToLong(Known::expiresAtMillis)
                    .min()
                    .orElse(NEVER);
        }

        private void shrink() {
            Iterator<Map.Entry<Object, Known>> entries = known.entrySet().iterator();
            while (known.size() > entriesMax || weight > weightMax) {
                Map.Entry<Object, Known> oldest = entries.next();
                weight -= oldest.getValue().weight;
                entries.remove();
                listener.proposeEviction(oldest.getKey());
            }
        }

        private record Known(long weight, long expiresAtMillis) {}
    }
}
