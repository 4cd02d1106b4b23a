package dev.keyswitch.keygen;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Ways to damage an evaluation key.
enum Mutation {
    FLIP_BITS {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                key[random.nextInt(key.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return key;
        }
    },
    FLIP_A_BIT_OUTSIDE_THE_RESIDUES {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            int position = subject.map().starts().get(random.nextInt(subject.map().starts().size()));
            int offset = position - random.nextInt(8) + random.nextInt(subject.map().firstPolynomial() + 8);
            key[Math.min(offset, key.length - 1)] ^= (byte) (1 << random.nextInt(8));
            return key;
        }
    },
    TRUNCATE {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            return Arrays.copyOf(subject.bytes(), random.nextInt(subject.bytes().length));
        }
    },
    INSERT {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] inserted = new byte[random.nextInt(1, 40)];
            random.nextBytes(inserted);
            int position = random.nextInt(subject.bytes().length + 1);
            return joined(
                    Arrays.copyOf(subject.bytes(), position),
                    inserted,
                    Arrays.copyOfRange(subject.bytes(), position, subject.bytes().length));
        }
    },
    DELETE {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes();
            int from = random.nextInt(key.length);
            int to = Math.min(key.length, from + random.nextInt(1, 200));
            return joined(Arrays.copyOf(key, from), Arrays.copyOfRange(key, to, key.length));
        }
    },
    SWAP_BLOCKS {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            int length = random.nextInt(1, Math.min(600, key.length / 2));
            int one = random.nextInt(key.length - length);
            int other = random.nextInt(key.length - length);
            System.arraycopy(subject.bytes(), other, key, one, length);
            System.arraycopy(subject.bytes(), one, key, other, length);
            return key;
        }
    },
    SWAP_COMPONENTS {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            ComponentMap map = subject.map();
            int one = map.starts().get(random.nextInt(map.starts().size()));
            int other = map.starts().get(random.nextInt(map.starts().size()));
            if (Math.max(one, other) + map.componentBytes() <= key.length) {
                System.arraycopy(subject.bytes(), other, key, one, map.componentBytes());
                System.arraycopy(subject.bytes(), one, key, other, map.componentBytes());
            }
            return key;
        }
    },
    CHANGE_A_NUMBER {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            ComponentMap map = subject.map();
            int component = map.starts().get(random.nextInt(map.starts().size()));
            // Sizes, dimensions, scale, counts: relative to the component, or the object's own.
            int[] fields = {8, 49, 57, 65, 73, 81, 89, 97, 105, -8, -16, 8 - component, 48 - component, 56 - component};
            setNumber(key, component + fields[random.nextInt(fields.length)], random);
            return key;
        }
    },
    CHANGE_A_RESIDUE {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            ComponentMap map = subject.map();
            int component = random.nextInt(map.starts().size());
            int word = random.nextInt(map.polynomialBytes() / 8);
            long[] primes = subject.profile().parameters().coeffModulus();
            long prime = primes[word / (map.polynomialBytes() / 8 / primes.length)];
            long[] values = {prime, prime - 1, prime + 1, 0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, prime + (1L << 63)};
            boolean second = !map.seeded() && random.nextBoolean();
            int position = (second ? map.c1(component) : map.c0(component)) + 8 * word;
            if (position + 8 <= key.length) {
                words(key).putLong(position, values[random.nextInt(values.length)]);
            }
            return key;
        }
    },
    CHANGE_AN_ID {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            int start = random.nextBoolean()
                    ? 0
                    : subject.map().starts().get(random.nextInt(subject.map().starts().size()));
            byte[] id = subject.other().profile().parameters().parmsId().bytes();
            int length = random.nextInt(1, 33);
            if (start + 16 + length <= key.length) {
                System.arraycopy(id, 0, key, start + 16, length);
            }
            return key;
        }
    },
    CHANGE_A_SECOND_POLYNOMIAL {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] key = subject.bytes().clone();
            ComponentMap map = subject.map();
            int component = random.nextInt(map.starts().size());
            int other = random.nextInt(map.starts().size());
            int length = map.c1Bytes();
            if (Math.max(map.c1(component), map.c1(other)) + length > key.length) {
                return key;
            }
            int row = length / subject.profile().parameters().coeffModulus().length;
            switch (random.nextInt(5)) {
                case 0 -> System.arraycopy(subject.bytes(), map.c1(other), key, map.c1(component), length);
                case 1 -> Arrays.fill(key, map.c1(component), map.c1(component) + length, (byte) 0);
                case 2 -> Arrays.fill(key, map.c1(component), map.c1(component) + row, (byte) 0);
                case 3 -> System.arraycopy(subject.bytes(), map.c1(other) + length - row, key, map.c1(component) + length - row, row);
                default -> key[map.seedKind(component)] = (byte) random.nextInt(5);
            }
            return key;
        }
    },
    SPLICE {
        @Override
        byte[] apply(Subject subject, RandomGenerator random) {
            byte[] one = subject.bytes();
            byte[] other = subject.other().bytes();
            int cut = random.nextInt(one.length);
            int from = random.nextInt(3) == 0 ? random.nextInt(other.length) : Math.min(cut, other.length);
            return joined(Arrays.copyOf(one, cut), Arrays.copyOfRange(other, from, other.length));
        }
    };

    /// What is damaged, and another key to take pieces from.
    record Subject(KeyProfile profile, ComponentMap map, byte[] bytes, Subject other) {}

    abstract byte[] apply(Subject subject, RandomGenerator random);

    private static void setNumber(byte[] key, int position, RandomGenerator random) {
        if (position < 0 || position + 8 > key.length) {
            return;
        }
        long before = words(key).getLong(position);
        long[] values = {0, 1, -1, before + 1, before - 1, before ^ 1L << random.nextInt(64), 2 * before, Long.MAX_VALUE, random.nextLong()};
        words(key).putLong(position, values[random.nextInt(values.length)]);
    }

    private static ByteBuffer words(byte[] key) {
        return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] joined(byte[]... pieces) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(pieces).mapToInt(piece -> piece.length).sum());
        for (byte[] piece : pieces) {
            all.put(piece);
        }
        return all.array();
    }
}
