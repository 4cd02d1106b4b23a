package dev.keyswitch.console.live;

import java.util.List;

/// What an open page shows now of what may change while it is open.
///
/// @param parts pieces of the page that are replaced one by one
/// @param whole whether every part of the page is among them, so that a missing one has left it
/// @param shape changes when anything else on the page does; the page then asks for itself anew. Empty: nothing else is followed
/// @param moving whether something will change by itself soon
public record Live(List<Part> parts, boolean whole, String shape, boolean moving) {

    public Live {
        parts = List.copyOf(parts);
    }

    /// @param id names it among the parts of its page
    public record Part(String id, String html) {}

    /// A short text that differs when a fact does.
    public static String shape(Object... facts) {
        return Integer.toHexString(List.of(facts).toString().hashCode());
    }
}
