package dev.keyswitch.api.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Texts that have broken other systems, and their bytes. A character from `RAW` on stands for one raw byte, so that bytes which
/// are no text can stand in the midst of it; half a surrogate pair becomes the three bytes that UTF-8 forbids.
final class Hostile {

    private static final char RAW = '\uf700';

    private static final List<String> TEXTS = List.of(
            "", " ", "\t", "\u0000", "a\u0000b", "null", "undefined", "true", "NaN", "-0", "1e400", "0x10", "99999999999999999999",
            "\ud800", "x\udfffy", "\udc00\ud800", "\udbff\udfff", "\ud83d\ude00".repeat(60), "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\u202eabc", "\u2066x\u2069", "\u200b", "\u200f", "\ufeffx", "\ufffe", "\uffff", "\u0130\u0131", "\u00df\u1e9e", "e\u0301", "\u00e9",
            "\u03a3\u03c2\u03c3", "\u0e01\u0e33", "\u1112\u1161\u11ab", "\u2028", "\u2029", "\u0085", "\u00a0", "\u3000", "\u001b[31m", "\u007f", "\u0001",
            raw(0xff), raw(0xc0, 0xaf), raw(0xe2, 0x82), raw(0xf5, 0x80, 0x80, 0x80), raw(0xf0, 0x9f), "a" + raw(0x80) + "b", raw(0xc0, 0x80),
            "%", "_", "\\", "%_\\", "'", "\"", "' or '1'='1", "\");--", "{}", "[]", "${x}", "{{x}}", "<b>", "../..", "/", "//", "a/b", "?", "#", "&", "=", ";",
            "+", "*", "\"*\"", "W/\"1\"", ",", "a".repeat(120), "a".repeat(121), "\u00e4".repeat(120), "z".repeat(501), "n".repeat(2000), "n".repeat(2001),
            "q".repeat(5000), "\ud834\udd1e".repeat(121), "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0190163D-8694-739B-AEA5-966C26F8AD91", "0190163d8694739baea5966c26f8ad91", "1-1-1-1-1", "2027-01-01T00:00:00Z", "2027-13-40T99:99:99Z",
            "+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999+18:00", "0001-01-01T00:00:00-18:00", "1", "-1",
            "kst_" + "0".repeat(49), "ksm_" + "0".repeat(49), "kst_", "ksm_\ud800");

    private Hostile() {}

    static String text(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> text + TEXTS.get(random.nextInt(TEXTS.size()));
            case 1 -> "x" + text;
            case 2 -> noise(random);
            default -> text;
        };
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(24); i >= 0; i--) {
            noise.appendCodePoint(random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000));
        }
        return noise.toString();
    }

    static String raw(int... bytes) {
        StringBuilder text = new StringBuilder();
        for (int one : bytes) {
            text.append((char) (RAW + one));
        }
        return text.toString();
    }

    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= RAW && c <= RAW + 0xff) {
                bytes.write(c - RAW);
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes.writeBytes(text.substring(i, i + 2).getBytes(StandardCharsets.UTF_8));
                i++;
            } else if (Character.isSurrogate(c)) {
                bytes.write(0xe0 | c >> 12);
                bytes.write(0x80 | c >> 6 & 0x3f);
                bytes.write(0x80 | c & 0x3f);
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /// For a path or a query: what need not be escaped sometimes is, and what must be sometimes is not.
    static String escaped(String text, Random random) {
        boolean all = random.nextInt(10) == 0;
        StringBuilder escaped = new StringBuilder();
        for (byte one : bytes(text)) {
            int c = one & 0xff;
            boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "-._~:".indexOf(c) >= 0;
            if (plain && !all) {
                escaped.append((char) c);
            } else {
                escaped.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return escaped.toString();
    }

    /// For the value of a header: whatever does not end the line.
    static String inLine(String text) {
        return text.replaceAll("[\r\n]", "");
    }
}
