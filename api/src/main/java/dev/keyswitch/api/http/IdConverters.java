package dev.keyswitch.api.http;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.Id;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.UploadId;
import io.micronaut.context.annotation.Prototype;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.MutableConversionService;
import io.micronaut.core.convert.TypeConverterRegistrar;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Lets controllers take typed ids from the path.
@Prototype
final class IdConverters implements TypeConverterRegistrar {

    @Override
    public void register(MutableConversionService conversions) {
        add(conversions, AccountId.class, AccountId::new);
        add(conversions, CredentialId.class, CredentialId::new);
        add(conversions, EvaluationKeyId.class, EvaluationKeyId::new);
        add(conversions, HolderId.class, HolderId::new);
        add(conversions, ModelId.class, ModelId::new);
        add(conversions, TokenId.class, TokenId::new);
        add(conversions, UploadId.class, UploadId::new);
    }

    private static <I extends Id> void add(MutableConversionService conversions, Class<I> type, Function<UUID, I> of) {
        conversions.addConverter(CharSequence.class, type, (text, target, context) -> read(text, of, context));
    }

    private static <I extends Id> Optional<I> read(CharSequence text, Function<UUID, I> of, ConversionContext context) {
        try {
            return Optional.of(of.apply(Id.parse(text.toString())));
        } catch (IllegalArgumentException e) {
            context.reject(text, e);
            return Optional.empty();
        }
    }
}
