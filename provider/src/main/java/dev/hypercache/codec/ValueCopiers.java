package dev.hypercache.codec;

import java.util.BitSet;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Optional;

/** Copies the JDK's other small mutable objects. */
final class ValueCopiers {
    static final Copier DATE = new Dates();

    private ValueCopiers() {}

    private static final class Dates extends Copier {
        @Override
        Object copy(Object source, CopyRun run) {
            return ((Date) source).clone();
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return 24;
        }
    }

    static final class Calendars extends Copier {
        @Override
        Object copy(Object source, CopyRun run) {
            return ((GregorianCalendar) source).clone();
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return 440;
        }
    }

    static final class Bits extends Copier {
        @Override
        Object copy(Object source, CopyRun run) {
            return ((BitSet) source).clone();
        }

        @Override
        long weigh(Object object, CopyRun run) {
            return 24 + FlatWeight.array(((BitSet) object).size() / 64, 8);
        }
    }

    static final class Optionals extends Copier {
        @Override
        Object copy(Object source, CopyRun run) {
            Optional<?> optional = (Optional<?>) source;
            if (optional.isEmpty()) {
                return source;
            }
            Object content = optional.get();
            Object copy = run.copy(content);
            if (copy == UNCOPYABLE) {
                return UNCOPYABLE;
            }
            return copy == content ? source : Optional.ofNullable(copy);
        }

        @Override
        long weigh(Object object, CopyRun run) {
            long content = run.weigh(((Optional<?>) object).orElse(null));
            return content < 0 ? content : 16 + content;
        }
    }
}
