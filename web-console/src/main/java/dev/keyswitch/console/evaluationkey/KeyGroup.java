package dev.keyswitch.console.evaluationkey;

import java.util.List;

/// The evaluation keys of one state, the newest of them.
///
/// @param state as the address of the whole list has it
/// @param none what is said when there is none
/// @param more whether there are more than these
public record KeyGroup(String title, String state, String none, List<KeyRow> rows, boolean more) {
    public KeyGroup {
        rows = List.copyOf(rows);
    }
}
