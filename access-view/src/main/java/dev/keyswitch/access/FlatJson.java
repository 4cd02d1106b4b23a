package dev.keyswitch.access;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON object of texts, whole numbers, booleans and nulls, which is all an access record is. Texts with escapes are
/// none of ours.
final class FlatJson {

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /// Texts and numbers as they are written; nulls are not in the map.
    ///
    /// @throws IllegalArgumentException if it is anything else
    static Map<String, String> read(byte[] json) {
        return new FlatJson(new String(json, StandardCharsets.UTF_8)).object();
    }

    private Map<String, String> object() {
        Map<String, String> fields = new HashMap<>();
        expect('{');
        if (!skip('}')) {
            do {
                String name = string();
                expect(':');
                String value = value();
                if (value != null && fields.put(name, value) != null) {
                    throw wrong();
                }
            } while (skip(','));
            expect('}');
        }
        blanks();
        if (at != text.length()) {
            throw wrong();
        }
        return fields;
    }

    private @Nullable String value() {
        blanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return string();
        }
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        String word = text.substring(begin, at);
        if (word.equals("null")) {
            return null;
        }
        if (!word.equals("true") && !word.equals("false") && !word.matches("-?[0-9]{1,19}")) {
            throw wrong();
        }
        return word;
    }

    private String string() {
        expect('"');
        int end = text.indexOf('"', at);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw wrong();
        }
        String string = text.substring(at, end);
        at = end + 1;
        return string;
    }

    private void expect(char wanted) {
        if (!skip(wanted)) {
            throw wrong();
        }
    }

    private boolean skip(char wanted) {
        blanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("not an access record, from character " + at);
    }
}
