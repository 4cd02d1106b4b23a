package dev.keyswitch.keygen;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Says whether bytes are the evaluation key that a profile asks for: a second opinion, written from the description of the format and
/// sharing nothing with the reader under test. Has everything in memory at once, follows the lengths that the file states and asks that
/// they fit, and compares residues as big integers. Slow, and simple enough to be believed.
final class SlowChecker {
    /// A reason to refuse.
    private static final class Fault extends Exception {
        Fault(String sentence) {
            super(sentence);
        }
    }

    private static final int HEADER = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final KeyProfile profile;
    private final int degree;
    private final List<BigInteger> primes;
    private final String parmsId;
    private final Set<String> seconds = new HashSet<>();

    private SlowChecker(KeyProfile profile) {
        this.profile = profile;
        degree = profile.parameters().polyModulusDegree();
        primes = Arrays.stream(profile.parameters().coeffModulus()).mapToObj(BigInteger::valueOf).toList();
        parmsId = profile.parameters().parmsId().toHex();
    }

    /// Why the bytes are to be refused; empty if they are not.
    static Optional<String> fault(KeyProfile profile, byte[] bytes) {
        return judge(() -> new SlowChecker(profile).evaluationKey(bytes));
    }

    /// As [#fault], for objects that may be packed with zlib.
    static Optional<String> faultOfPacked(KeyProfile profile, byte[] bytes) {
        return judge(() -> {
            byte[] unpacked = new byte[0];
            int position = 0;
            for (EvaluationKeyLayout.Part part : profile.layout().parts()) {
                require(bytes.length - position >= HEADER, "no room for a header");
                if (bytes[position + 5] == 1) {
                    long size = number(bytes, position + 8);
                    require(size > HEADER && size <= bytes.length - position, "a packed object has no end");
                    byte[] header = Arrays.copyOfRange(bytes, position, position + HEADER);
                    header[5] = 0;
                    setNumber(header, 8, part.length());
                    int length = Math.toIntExact(part.length() - HEADER);
                    byte[] content = inflate(Arrays.copyOfRange(bytes, position + HEADER, position + (int) size), length);
                    unpacked = joined(unpacked, joined(header, content));
                    position += (int) size;
                } else {
                    int end = (int) Math.min(bytes.length, position + part.length());
                    unpacked = joined(unpacked, Arrays.copyOfRange(bytes, position, end));
                    position = end;
                }
            }
            unpacked = joined(unpacked, Arrays.copyOfRange(bytes, position, bytes.length));
            new SlowChecker(profile).evaluationKey(unpacked);
        });
    }

    private interface Judgement {
        void run() throws Fault;
    }

    private static Optional<String> judge(Judgement judgement) {
        try {
            judgement.run();
            return Optional.empty();
        } catch (Fault fault) {
            return Optional.of(fault.getMessage());
        }
    }

    private void evaluationKey(byte[] bytes) throws Fault {
        int position = 0;
        if (profile.relinearization()) {
            position = keys(bytes, position, 1, Set.of(0));
        }
        Set<Integer> slots = slots();
        if (!slots.isEmpty()) {
            position = keys(bytes, position, degree, slots);
        }
        require(position == bytes.length, "something follows");
    }

    /// By the definition: step n is the power n of 3, step 0 is -1; element g has slot (g-1)/2.
    private Set<Integer> slots() {
        int[] steps = profile.rotations() instanceof RotationSteps.Steps some ? some.steps() : new int[0];
        Set<Integer> slots = new HashSet<>();
        BigInteger order = BigInteger.valueOf(2L * degree);
        for (int step : steps) {
            BigInteger exponent = BigInteger.valueOf(Math.floorMod(step, degree / 2));
            BigInteger element =
                    step == 0 ? order.subtract(BigInteger.ONE) : BigInteger.valueOf(3).modPow(exponent, order);
            slots.add((element.intValue() - 1) / 2);
        }
        return slots;
    }

    /// Returns where the object ends, as the other methods that are named after an object do.
    private int keys(byte[] bytes, int start, int dimension, Set<Integer> present) throws Fault {
        int end = header(bytes, start);
        int position = parmsId(bytes, start + HEADER);
        position = equal(bytes, position, dimension);
        for (int slot = 0; slot < dimension; slot++) {
            int components = present.contains(slot) ? primes.size() - 1 : 0;
            position = equal(bytes, position, components);
            for (int i = 0; i < components; i++) {
                position = component(bytes, position);
            }
        }
        require(position == end, "a key does not end where it says");
        return end;
    }

    private int component(byte[] bytes, int start) throws Fault {
        int end = header(bytes, start);
        int position = parmsId(bytes, start + HEADER);
        require(octet(bytes, position) == 1, "not in NTT form");
        position = equal(bytes, position + 1, 2);
        position = equal(bytes, position, degree);
        position = equal(bytes, position, primes.size());
        position = equal(bytes, position, Double.doubleToRawLongBits(1.0));
        if (profile.stamp().text().startsWith("4.")) {
            position = equal(bytes, position, 1);
        }
        boolean seeded = profile.form() == KeyForm.SEEDED;
        int arrayEnd = header(bytes, position);
        int words = primes.size() * degree;
        position = equal(bytes, position + HEADER, seeded ? words : 2L * words);
        position = polynomial(bytes, position);
        if (seeded) {
            require(position == arrayEnd, "an array does not end where it says");
            position = seed(bytes, position);
        } else {
            requireNotConstant(bytes, position);
            int second = position;
            position = polynomial(bytes, position);
            require(position == arrayEnd, "an array does not end where it says");
            for (int prime = 0; prime < primes.size(); prime++) {
                int row = second + 8 * prime * degree;
                require(seconds.add(prime + HEX.formatHex(bytes, row, row + 8 * degree)), "a second polynomial comes twice");
            }
        }
        require(position == end, "a component does not end where it says");
        return end;
    }

    private int polynomial(byte[] bytes, int start) throws Fault {
        int position = start;
        for (BigInteger prime : primes) {
            for (int i = 0; i < degree; i++) {
                require(unsigned(bytes, position).compareTo(prime) < 0, "a residue is too large");
                position += 8;
            }
        }
        return position;
    }

    private void requireNotConstant(byte[] bytes, int start) throws Fault {
        for (int row = 0; row < primes.size(); row++) {
            Set<BigInteger> values = new HashSet<>();
            for (int i = 0; i < degree; i++) {
                values.add(unsigned(bytes, start + 8 * (row * degree + i)));
            }
            require(values.size() > 1, "a second polynomial is constant");
        }
    }

    private int seed(byte[] bytes, int start) throws Fault {
        int end = header(bytes, start);
        int kind = octet(bytes, start + HEADER);
        require(kind == 1 || kind == 2, "no such generator");
        int position = start + HEADER + 1;
        require(end - position == 64 && end <= bytes.length, "a seed has another length");
        String seed = HEX.formatHex(bytes, position, end);
        require(!seed.matches("0*"), "a seed is zero");
        require(seconds.add(seed), "a seed comes twice");
        return end;
    }

    /// Returns where the object says it ends.
    private int header(byte[] bytes, int start) throws Fault {
        require(start <= bytes.length - HEADER, "no room for a header");
        String stamp = "%02x%02x".formatted(
                Integer.parseInt(profile.stamp().text().substring(0, 1)), Integer.parseInt(profile.stamp().text().substring(2)));
        require(HEX.formatHex(bytes, start, start + 8).equals("5ea110" + stamp + "000000"), "another header");
        BigInteger size = unsigned(bytes, start + 8);
        require(size.compareTo(BigInteger.valueOf(bytes.length - start)) <= 0, "an object is longer than the file");
        return start + size.intValueExact();
    }

    private int parmsId(byte[] bytes, int position) throws Fault {
        require(position <= bytes.length - 32, "no room for a parameter id");
        require(HEX.formatHex(bytes, position, position + 32).equals(parmsId), "another parameter id");
        return position + 32;
    }

    private static int equal(byte[] bytes, int position, long expected) throws Fault {
        require(number(bytes, position) == expected, "a number is not " + expected);
        return position + 8;
    }

    private static int octet(byte[] bytes, int position) throws Fault {
        require(position < bytes.length, "no room for an octet");
        return bytes[position] & 0xff;
    }

    private static long number(byte[] bytes, int position) throws Fault {
        return unsigned(bytes, position).longValue();
    }

    private static BigInteger unsigned(byte[] bytes, int position) throws Fault {
        require(position <= bytes.length - 8, "no room for a number");
        byte[] reversed = new byte[8];
        for (int i = 0; i < 8; i++) {
            reversed[7 - i] = bytes[position + i];
        }
        return new BigInteger(1, reversed);
    }

    private static void setNumber(byte[] bytes, int position, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[position + i] = (byte) (value >>> 8 * i);
        }
    }

    private static byte[] inflate(byte[] packed, int length) throws Fault {
        byte[] content = new byte[length + 1];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int count = inflater.inflate(content);
            require(count == length && inflater.finished(), "another length once unpacked");
            require(inflater.getRemaining() == 0, "something follows the packed content");
            return Arrays.copyOf(content, length);
        } catch (DataFormatException e) {
            throw new Fault("cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void require(boolean condition, String otherwise) throws Fault {
        if (!condition) {
            throw new Fault(otherwise);
        }
    }
}
