package dev.keyswitch.contract.event;

import java.util.Arrays;
import java.util.Optional;

/// The CloudEvents types. On the wire: `dev.keyswitch.` + subject and verb + `.v1`, for example
/// `dev.keyswitch.token.status-changed.v1`.
public enum EventType {
    TOKEN_CREATED("token", "created"),
    TOKEN_UPDATED("token", "updated"),
    TOKEN_ASSIGNED("token", "assigned"),
    TOKEN_REASSIGNED("token", "reassigned"),
    TOKEN_UNASSIGNED("token", "unassigned"),
    TOKEN_STATUS_CHANGED("token", "status-changed"),
    TOKEN_ROLLED("token", "rolled"),
    TOKEN_EXPIRING("token", "expiring"),
    TOKEN_EXPIRED("token", "expired"),
    TOKEN_DELETED("token", "deleted"),
    EVALUATION_KEY_REQUESTED("evaluation-key", "requested"),
    EVALUATION_KEY_GENERATING("evaluation-key", "generating"),
    EVALUATION_KEY_READY("evaluation-key", "ready"),
    EVALUATION_KEY_FAILED("evaluation-key", "failed"),
    EVALUATION_KEY_SUPERSEDED("evaluation-key", "superseded"),
    EVALUATION_KEY_REVOKED("evaluation-key", "revoked"),
    MODEL_CREATED("model", "created"),
    MODEL_UPDATED("model", "updated"),
    MODEL_PROFILE_CHANGED("model", "profile-changed"),
    MODEL_ACTIVATED("model", "activated"),
    MODEL_DEACTIVATED("model", "deactivated"),
    MODEL_DELETED("model", "deleted");

    private final String type;

    EventType(String subject, String verb) {
        this.type = "dev.keyswitch." + subject + "." + verb + ".v1";
    }

    /// The CloudEvents `type`.
    public String type() {
        return type;
    }

    /// Empty for a type of a newer version, which a reader skips.
    public static Optional<EventType> ofType(String type) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.type.equals(type))
                .findFirst();
    }

    /// Whether events of this type go to the models topic; all others go to the tokens topic.
    public boolean isAboutModel() {
        return name().startsWith("MODEL_");
    }

    /// The record that events of this type carry.
    public Class<? extends Record> data() {
        if (asksForEvaluationKey()) {
            return KeyJob.class;
        }
        if (isAboutModel()) {
            return ModelChanged.class;
        }
        return name().startsWith("EVALUATION_KEY_") ? EvaluationKeyChanged.class : TokenChanged.class;
    }

    /// Whether a worker must make an evaluation key because of it; such events carry a [KeyJob].
    public boolean asksForEvaluationKey() {
        return this == TOKEN_ASSIGNED || this == TOKEN_REASSIGNED || this == EVALUATION_KEY_REQUESTED;
    }
}
