package dev.keyswitch.console.page;

import java.util.Locale;

/// Amounts as people read them.
public final class Sizes {

    private Sizes() {}

    /// For example `820 B`, `12.4 MB` (powers of ten).
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    /// With a thin space between thousands, as in `16 384`.
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /// `no token`, `1 token`, `3 tokens`.
    public static String count(long number, String one, String many) {
        if (number == 0) {
            return "no " + one;
        }
        return grouped(number) + " " + (number == 1 ? one : many);
    }
}
