package dev.keyswitch.api;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Names an evaluation key.
@TypeDef(type = DataType.UUID, converter = EvaluationKeyId.Column.class)
public record EvaluationKeyId(UUID value) implements Id {

    @Override
    public String toString() {
        return value.toString();
    }

    /// As it stands in the database. Public because rows of other packages lead Micronaut here.
    @Singleton
    public static final class Column implements IdColumn<EvaluationKeyId> {
        @Override
        public EvaluationKeyId of(UUID value) {
            return new EvaluationKeyId(value);
        }
    }
}
