package dev.hypercache.http;

import dev.hypercache.fuzz.Reading;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds for any bytes that come as a body, whatever the format. */
final class BodyProperties {

    private BodyProperties() {}

    /** A body is read as a tree that means the same when it is written again, or is refused in words that can be sent. */
    static void check(BodyFormat format, byte[] body) {
        try {
            Map<String, @Nullable Object> tree = Reading.of(body.length, Reading.FACTOR, () -> format.read(body));
            requireWritable(format, tree);
            SetBody set = SetBody.of(tree);
            set.target().keyType().write(set.target().key());
            FaceType.of(set.value()).write(set.value());
        } catch (FaceFailure refused) {
            Map<String, @Nullable Object> told =
                    FaceAnswer.failed(refused.error(), refused.text()).body();
            requireWritable(BodyFormat.JSON, told);
            requireWritable(BodyFormat.MSGPACK, told);
        }
    }

    private static void requireWritable(BodyFormat format, Map<String, @Nullable Object> tree) {
        Map<String, @Nullable Object> again;
        try {
            again = format.read(format.write(tree));
        } catch (FaceFailure refused) {
            throw new AssertionError("what is written is not read: " + refused.text(), refused);
        }
        if (!isSame(tree, again)) {
            throw new AssertionError("written again " + tree + " is " + again);
        }
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> another) {
            return isSame(List.copyOf(map.keySet()), List.copyOf(another.keySet()))
                    && isSameInOrder(map.values().iterator(), another.values().iterator());
        }
        if (one instanceof List<?> list && other instanceof List<?> another) {
            return isSameInOrder(list.iterator(), another.iterator());
        }
        if (one instanceof byte[] bytes && other instanceof byte[] more) {
            return Arrays.equals(bytes, more);
        }
        return one == null ? other == null : one.equals(other);
    }

    private static boolean isSameInOrder(Iterator<?> one, Iterator<?> other) {
        while (one.hasNext() && other.hasNext()) {
            if (!isSame(one.next(), other.next())) {
                return false;
            }
        }
        return one.hasNext() == other.hasNext();
    }
}
