package dev.keyswitch.api;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a typed id stands in a uuid column.
public interface IdColumn<I extends Id> extends AttributeConverter<@Nullable I, @Nullable UUID> {

    I of(UUID value);

    @Override
    default @Nullable UUID convertToPersistedValue(@Nullable I id, ConversionContext context) {
        return id == null ? null : id.value();
    }

    @Override
    default @Nullable I convertToEntityValue(@Nullable UUID value, ConversionContext context) {
        return value == null ? null : of(value);
    }
}
