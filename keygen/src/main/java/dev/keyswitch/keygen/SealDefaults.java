package dev.keyswitch.keygen;

import java.util.Arrays;
import java.util.Map;

/// The primes that SEAL proposes by itself (`CoeffModulus::BFVDefault`): a fixed table, not a search. In hexadecimal, one line for each
/// degree from 1024 to 32768.
final class SealDefaults {
    private static final int LOG_FIRST_DEGREE = 10;
    private static final Map<SecurityLevel, String> TABLES = Map.of(
            SecurityLevel.BITS_128,
            """
            7e00001
            3fffffff000001
            ffffee001 ffffc4001 1ffffe0001
            7fffffd8001 7fffffc8001 fffffffc001 ffffff6c001 fffffebc001
            fffffffd8001 fffffffa0001 fffffff00001 1fffffff68001 1fffffff50001 1ffffffee8001 1ffffffea0001 \
            1ffffffe88001 1ffffffe48001
            7fffffffe90001 7fffffffbf0001 7fffffffbd0001 7fffffffba0001 7fffffffaa0001 7fffffffa50001 \
            7fffffff9f0001 7fffffff7e0001 7fffffff770001 7fffffff380001 7fffffff330001 7fffffff2d0001 \
            7fffffff170001 7fffffff150001 7ffffffef00001 fffffffff70001
            """,
            SecurityLevel.BITS_192,
            """
            7f001
            1ffffc0001
            1ffc001 1fce001 1fc0001
            3ffffac001 3ffff54001 3ffff48001 3ffff28001
            3ffffffdf0001 3ffffffd48001 3ffffffd20001 3ffffffd18001 3ffffffcd0001 3ffffffc70001
            3fffffffd60001 3fffffffca0001 3fffffff6d0001 3fffffff5d0001 3fffffff550001 7fffffffe90001 \
            7fffffffbf0001 7fffffffbd0001 7fffffffba0001 7fffffffaa0001 7fffffffa50001
            """,
            SecurityLevel.BITS_256,
            """
            3001
            1ffc0001
            3ffffffff040001
            7ffffec001 7ffffb0001 fffffdc001
            7ffffffc8001 7ffffff00001 7fffffe70001 fffffffd8001 fffffffa0001
            ffffffff00001 1fffffffe30001 1fffffffd80001 1fffffffd10001 1fffffffc50001 1fffffffbf0001 \
            1fffffffb90001 1fffffffb60001 1fffffffa50001
            """);

    private SealDefaults() {}

    /// @param degree one that the level's table has
    static long[] primes(int degree, SecurityLevel level) {
        String line = TABLES.getOrDefault(level, "").lines().toList().get(Integer.numberOfTrailingZeros(degree) - LOG_FIRST_DEGREE);
        return Arrays.stream(line.split(" ")).mapToLong(hex -> Long.parseLong(hex, 16)).toArray();
    }
}
