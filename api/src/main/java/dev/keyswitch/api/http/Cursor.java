package dev.keyswitch.api.http;

import dev.keyswitch.api.Id;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// Where a page ended: the last item's place in the order of the list. Opaque to clients; it names a place, not a number of
/// items, so rows that come or go before it shift nothing.
///
/// @param rank 0 while names that begin with what is searched are listed, 1 for those that contain it; more where a search has
///     several ways to find those
/// @param name of the last item; empty where the order does not need it
public record Cursor(Sort sort, int rank, UUID id, String name) {

    @Override
    public String toString() {
        String text = sort.name() + " " + rank + " " + id + " " + name;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Empty if it is not one of ours.
    static Optional<Cursor> read(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 4);
            if (fields.length != 4 || !fields[1].matches("[0-3]") || !StrictText.isStorable(fields[3])) {
                return Optional.empty();
            }
            return Optional.of(new Cursor(
                    Sort.valueOf(fields[0]), Integer.parseInt(fields[1]), Id.parse(fields[2]), fields[3]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
