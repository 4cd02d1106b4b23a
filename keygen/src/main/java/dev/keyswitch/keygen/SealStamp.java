package dev.keyswitch.keygen;

import java.util.Arrays;
import java.util.Optional;

/// The SEAL version a file claims to be written by. Readers are picky: SEAL 4.0 to 4.3 load 4.x files of exactly their own version, SEAL
/// 4.4 those of 4.0 to 4.4. A file stamped 3.7 uses the older ciphertext layout and loads in every SEAL from 3.7 to 4.4. Files of 4.0 to
/// 4.4 differ in nothing but the stamp.
public enum SealStamp {
    V3_7(3, 7),
    V4_0(4, 0),
    V4_1(4, 1),
    V4_2(4, 2),
    V4_3(4, 3),
    V4_4(4, 4);

    private final int major;
    private final int minor;

    SealStamp(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    public int major() {
        return major;
    }

    public int minor() {
        return minor;
    }

    /// As people and profiles write it, for example `3.7`.
    public String text() {
        return major + "." + minor;
    }

    /// The stamp written as `text`, if there is such a stamp.
    public static Optional<SealStamp> fromText(String text) {
        return Arrays.stream(values()).filter(stamp -> stamp.text().equals(text)).findFirst();
    }
}
