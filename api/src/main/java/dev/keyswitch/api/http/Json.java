package dev.keyswitch.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.account.ChangeAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.SealStamp;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Token;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.jackson.ObjectMapperFactory;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one JSON mapping of the API: for requests and answers, for events, and for JSON columns.
///
/// It reads strictly. A field that nobody knows, a field given twice, a number where a text belongs, anything after the
/// end: all refused, because a typo must not pass in silence.
@Factory
public final class Json {

    @Singleton
    @Replaces(value = ObjectMapper.class, factory = ObjectMapperFactory.class)
    ObjectMapper objectMapper() {
        return mapper();
    }

    /// A new mapper of this kind.
    public static ObjectMapper mapper() {
        SimpleModule strict = new SimpleModule("keyswitch")
                .addDeserializer(String.class, new StrictText())
                .addDeserializer(Instant.class, new StrictInstant())
                .addDeserializer(UUID.class, new StrictId())
                .addDeserializer(SealStamp.class, new StrictSealStamp());
        // By default Jackson keeps its buffers per thread, and here each request has threads of its own: 16 kB anew for each answer.
        JsonFactory factory = JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();
        ObjectMapper plain = JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .addModule(strict)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(EnumFeature.READ_ENUM_KEYS_USING_INDEX)
                .withCoercionConfig(LogicalType.Enum, to -> to.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.POJO, to -> to.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .addMixIn(Token.class, ShownOnce.class)
                .addMixIn(Credential.class, ShownOnce.class)
                .addMixIn(EncryptionProfile.class, WithoutNulls.class)
                .addMixIn(Introspection.class, WithoutNulls.class)
                .addMixIn(BulkAnswer.class, WithoutNulls.class)
                .build();
        return plain.copy()
                .registerModule(new SimpleModule("patches")
                        .addDeserializer(ChangeToken.class, new MergePatch<>(ChangeToken.class, plain, Set.of("note")))
                        .addDeserializer(ChangeModel.class, new MergePatch<>(ChangeModel.class, plain, Set.of("description")))
                        .addDeserializer(ChangeAccount.class, new MergePatch<>(ChangeAccount.class, plain, Set.of())));
    }

    /// A value that is shown once is a field of that one answer; the others have no such field, not even with null.
    @SuppressWarnings("UnusedMethod") // Jackson reads it
    private interface ShownOnce {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String value();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface WithoutNulls {}
}
