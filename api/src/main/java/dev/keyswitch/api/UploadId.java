package dev.keyswitch.api;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Names a resumable upload.
@TypeDef(type = DataType.UUID, converter = UploadId.Column.class)
public record UploadId(UUID value) implements Id {

    @Override
    public String toString() {
        return value.toString();
    }

    /// As it stands in the database. Public because rows of other packages lead Micronaut here.
    @Singleton
    public static final class Column implements IdColumn<UploadId> {
        @Override
        public UploadId of(UUID value) {
            return new UploadId(value);
        }
    }
}
