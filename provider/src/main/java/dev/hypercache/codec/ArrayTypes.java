package dev.hypercache.codec;

import dev.hypercache.spi.codec.DecodingException;

/** Arrays of primitives: a count, then the elements, big-endian. Tags 32 to 39. */
final class ArrayTypes {
    private ArrayTypes() {}

    static void addTo(BuiltinTypes types) {
        types.add(boolean[].class, BuiltinType.of(32, ArrayTypes::writeBooleans, ArrayTypes::readBooleans));
        types.add(byte[].class, BuiltinType.of(33, BuiltinWriter::writeBytes, BuiltinReader::readBytes));
        types.add(short[].class, BuiltinType.of(34, ArrayTypes::writeShorts, ArrayTypes::readShorts));
        types.add(char[].class, BuiltinType.of(35, ArrayTypes::writeChars, ArrayTypes::readChars));
        types.add(int[].class, BuiltinType.of(36, ArrayTypes::writeInts, ArrayTypes::readInts));
        types.add(long[].class, BuiltinType.of(37, ArrayTypes::writeLongs, ArrayTypes::readLongs));
        types.add(float[].class, BuiltinType.of(38, ArrayTypes::writeFloats, ArrayTypes::readFloats));
        types.add(double[].class, BuiltinType.of(39, ArrayTypes::writeDoubles, ArrayTypes::readDoubles));
    }

    private static void writeBooleans(BuiltinWriter out, boolean[] array) {
        out.writeCount(array.length);
        for (boolean element : array) {
            out.writeByte(element ? 1 : 0);
        }
    }

    private static boolean[] readBooleans(BuiltinReader in) {
        boolean[] array = new boolean[in.readCount(1)];
        for (int i = 0; i < array.length; i++) {
            byte element = in.readByte();
            if (element < 0 || element > 1) {
                throw new DecodingException("A boolean is 0 or 1, not " + element);
            }
            array[i] = element == 1;
        }
        return array;
    }

    private static void writeShorts(BuiltinWriter out, short[] array) {
        out.writeCount(array.length);
        for (short element : array) {
            out.writeShort(element);
        }
    }

    private static short[] readShorts(BuiltinReader in) {
        short[] array = new short[in.readCount(2)];
        in.readBlock(array.length, 2).asShortBuffer().get(array);
        return array;
    }

    private static void writeChars(BuiltinWriter out, char[] array) {
        out.writeCount(array.length);
        for (char element : array) {
            out.writeShort(element);
        }
    }

    private static char[] readChars(BuiltinReader in) {
        char[] array = new char[in.readCount(2)];
        in.readBlock(array.length, 2).asCharBuffer().get(array);
        return array;
    }

    private static void writeInts(BuiltinWriter out, int[] array) {
        out.writeCount(array.length);
        for (int element : array) {
            out.writeInt(element);
        }
    }

    private static int[] readInts(BuiltinReader in) {
        int[] array = new int[in.readCount(4)];
        in.readBlock(array.length, 4).asIntBuffer().get(array);
        return array;
    }

    private static void writeLongs(BuiltinWriter out, long[] array) {
        out.writeCount(array.length);
        for (long element : array) {
            out.writeLong(element);
        }
    }

    private static long[] readLongs(BuiltinReader in) {
        long[] array = new long[in.readCount(8)];
        in.readBlock(array.length, 8).asLongBuffer().get(array);
        return array;
    }

    private static void writeFloats(BuiltinWriter out, float[] array) {
        out.writeCount(array.length);
        for (float element : array) {
            out.writeFloat(element);
        }
    }

    private static float[] readFloats(BuiltinReader in) {
        float[] array = new float[in.readCount(4)];
        in.readBlock(array.length, 4).asFloatBuffer().get(array);
        return array;
    }

    private static void writeDoubles(BuiltinWriter out, double[] array) {
        out.writeCount(array.length);
        for (double element : array) {
            out.writeDouble(element);
        }
    }

    private static double[] readDoubles(BuiltinReader in) {
        double[] array = new double[in.readCount(8)];
        in.readBlock(array.length, 8).asDoubleBuffer().get(array);
        return array;
    }
}
