package dev.keyswitch.api.audit;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.contract.audit.AuditedChange;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@MappedEntity("audit")
record AuditRow(
        @Id @GeneratedValue(GeneratedValue.Type.IDENTITY) @Nullable Long id,
        AccountId accountId,
        Instant at,
        @Nullable CredentialId byCredential,
        String byName,
        String action,
        @Nullable TokenId tokenId,
        @Nullable ModelId modelId,
        @Nullable String requestId,
        @TypeDef(type = DataType.JSON) @Nullable Map<String, Object> before,
        @TypeDef(type = DataType.JSON) @Nullable Map<String, Object> after) {

    AuditedChange toContract() {
        return new AuditedChange(
                at,
                byName,
                byCredential == null ? null : byCredential.value(),
                action,
                tokenId == null ? null : tokenId.value(),
                modelId == null ? null : modelId.value(),
                requestId,
                before,
                after);
    }
}
