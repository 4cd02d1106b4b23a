package dev.keyswitch.cli;

import java.util.Locale;

/// Numbers of bytes as people read them.
final class Size {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Size() {}

    /// Three digits that count, in powers of 1000.
    static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }
}
