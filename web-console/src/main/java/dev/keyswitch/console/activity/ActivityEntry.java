package dev.keyswitch.console.activity;

import dev.keyswitch.console.session.Ids;
import dev.keyswitch.console.session.Names;
import dev.keyswitch.contract.audit.AuditedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One change of the audit trail, as a person reads it.
///
/// @param pieces the sentence after the name of who did it
/// @param differences what was before and after
/// @param now when the page was made
public record ActivityEntry(
        AuditedChange change, List<Piece> pieces, List<Difference> differences, Instant now) {

    private static final String SYSTEM = "system";

    public ActivityEntry {
        pieces = List.copyOf(pieces);
        differences = List.copyOf(differences);
    }

    /// A part of a sentence.
    ///
    /// @param name whether it is the name of something
    /// @param href where that is; null if nowhere (any more)
    public record Piece(String text, boolean name, @Nullable String href) {}

    /// @param before empty for what is new
    /// @param after empty for what is gone
    public record Difference(String what, String before, String after) {}

    /// With the names of the tokens and models they are about.
    public static List<ActivityEntry> of(List<AuditedChange> changes, Names names, Instant now) {
        Map<UUID, String> tokens =
                names.ofTokens(changes.stream().map(AuditedChange::tokenId).toList());
        Map<UUID, String> models = names.ofModels(changes.stream()
                .flatMap(change -> Stream.of(change.modelId(), pendingModel(change)))
                .toList());
        return changes.stream()
                .map(change -> new ActivityEntry(change, sentence(change, tokens, models), differences(change), now))
                .toList();
    }

    /// Who did it.
    public String who() {
        return change.by().equals(SYSTEM) ? "Keyswitch" : change.by();
    }

    /// Whether nobody asked for it.
    public boolean bySystem() {
        return change.by().equals(SYSTEM);
    }

    private static List<Piece> sentence(AuditedChange change, Map<UUID, String> tokens, Map<UUID, String> models) {
        List<Piece> pieces = new ArrayList<>();
        for (String word : ActionWords.of(change).splitWithDelimiters("\\{[a-z]+}", 0)) {
            switch (word) {
                case "{token}" -> pieces.add(subject(change, change.tokenId(), tokens, "a deleted token", "/tokens/"));
                case "{model}" -> pieces.add(subject(change, change.modelId(), models, "a deleted model", "/models/"));
                case "{pending}" ->
                    pieces.add(subject(change, pendingModel(change), models, "another model", "/models/"));
                case "{name}" -> pieces.add(new Piece(fact(change, "name"), true, null));
                default -> {
                    if (!word.isEmpty()) {
                        pieces.add(new Piece(word, false, null));
                    }
                }
            }
        }
        return pieces;
    }

    private static Piece subject(
            AuditedChange change, @Nullable UUID id, Map<UUID, String> names, String otherwise, String path) {
        String name = id == null ? null : names.get(id);
        if (name != null) {
            return new Piece(name, true, path + id);
        }
        boolean itself = change.action().startsWith(path.substring(1, path.length() - 2) + ".");
        String told = itself ? fact(change, "name") : "";
        return told.isEmpty() ? new Piece(otherwise, false, null) : new Piece(told, true, null);
    }

    /// A fact as it was then; empty if nothing is told.
    private static String fact(AuditedChange change, String name) {
        return Stream.of(change.after(), change.before())
                .filter(Objects::nonNull)
                .map(facts -> facts.get(name))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse("");
    }

    private static @Nullable UUID pendingModel(AuditedChange change) {
        return Ids.read(fact(change, "pendingModelId")).orElse(null);
    }

    private static List<Difference> differences(AuditedChange change) {
        Map<String, Object> before = Objects.requireNonNullElse(change.before(), Map.of());
        Map<String, Object> after = Objects.requireNonNullElse(change.after(), Map.of());
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        Function<@Nullable Object, String> text = value -> value == null ? "" : value.toString();
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Difference(name, text.apply(before.get(name)), text.apply(after.get(name))))
                .toList();
    }
}
