package dev.keyswitch.console.page;

import java.util.List;
import java.util.Map;

/// A question before something is done: what it will bring about, and the form that does it.
///
/// @param lead one sentence on what happens
/// @param effects further ones, as a list
/// @param action where the form is sent
/// @param fields that it carries
/// @param button what is pressed to do it
/// @param danger whether it cannot be taken back
/// @param keep what is pressed to leave everything as it is
/// @param back where one is without the dialog
public record Question(
        String heading,
        String lead,
        List<String> effects,
        String action,
        Map<String, String> fields,
        String button,
        boolean danger,
        String keep,
        String back) {

    public Question {
        effects = List.copyOf(effects);
        fields = Map.copyOf(fields);
    }

    public static Question of(String heading, String lead, String action, String button, String back) {
        return new Question(heading, lead, List.of(), action, Map.of(), button, false, "Cancel", back);
    }

    public Question withEffects(String... sentences) {
        return withEffects(List.of(sentences));
    }

    /// Empty sentences are left out.
    public Question withEffects(List<String> sentences) {
        List<String> said = sentences.stream().filter(text -> !text.isEmpty()).toList();
        return new Question(heading, lead, said, action, fields, button, danger, keep, back);
    }

    public Question withField(String name, String value) {
        return withFields(Map.of(name, value));
    }

    public Question withFields(Map<String, String> values) {
        return new Question(heading, lead, effects, action, values, button, danger, keep, back);
    }

    /// One that cannot be taken back.
    public Question dangerous(String keepIt) {
        return new Question(heading, lead, effects, action, fields, button, true, keepIt, back);
    }
}
