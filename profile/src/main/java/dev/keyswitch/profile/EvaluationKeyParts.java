package dev.keyswitch.profile;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.keygen.EvaluationKeyLayout;
import dev.keyswitch.keygen.PartKind;
import java.util.List;

/// Translates what an evaluation key consists of between JSON's records and keygen's types.
public final class EvaluationKeyParts {

    private EvaluationKeyParts() {}

    /// The parts that a key of this layout has.
    public static List<EvaluationKeyPart> of(EvaluationKeyLayout layout) {
        return layout.parts().stream()
                .map(part -> new EvaluationKeyPart(
                        EvaluationKeyPart.Kind.valueOf(part.kind().name()), part.offset(), part.length()))
                .toList();
    }

    /// Parts as somebody has told them.
    public static List<EvaluationKeyLayout.Part> read(List<EvaluationKeyPart> told) {
        return told.stream()
                .map(part -> new EvaluationKeyLayout.Part(
                        PartKind.valueOf(part.kind().name()), part.offset(), part.length()))
                .toList();
    }
}
