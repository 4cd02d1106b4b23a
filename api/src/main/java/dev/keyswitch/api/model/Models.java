package dev.keyswitch.api.model;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.Id;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.problem.UniqueViolation;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.tokenjob.TokenJobs;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.profile.InvalidProfileException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Registers models, reads and lists them.
@Singleton
public class Models {

    /// What key holders' workers make by default at most; the full default set of the largest degree fits.
    private static final long MAX_KEY_BYTES = 4L << 30;
    static final int MAX_DESCRIPTION = 2000;

    private final ModelRepository repository;
    private final TokenJobs jobs;
    private final JdbcOperations database;
    private final Outbox outbox;
    private final Audit audit;
    private final IdSource ids;
    private final Clock clock;

    Models(
            ModelRepository repository,
            TokenJobs jobs,
            JdbcOperations database,
            Outbox outbox,
            Audit audit,
            IdSource ids,
            Clock clock) {
        this.repository = repository;
        this.jobs = jobs;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Versioned<Model> create(Caller caller, CreateModel wanted) {
        String name = Fields.name("/name", wanted.name());
        String description = Fields.text("/description", wanted.description(), MAX_DESCRIPTION);
        EncryptionProfile profile = resolve("/encryptionProfile", Fields.required("/encryptionProfile", wanted.encryptionProfile()));
        Instant now = clock.instant();
        ModelRow row = new ModelRow(
                new ModelId(ids.next()),
                caller.account(),
                name,
                description,
                ModelStatus.ACTIVE,
                profile,
                Objects.requireNonNull(profile.digest()),
                now,
                now,
                0,
                null,
                null);
        storing(name, () -> repository.save(row));
        announce(EventType.MODEL_CREATED, row, caller);
        audit.append(AuditEntry.model(caller.account(), caller.actor(), "model.created", row.id())
                .after(facts(row)));
        return new Versioned<>(row.toContract(0, null), row.version());
    }

    static void storing(String name, Runnable change) {
        try {
            change.run();
        } catch (DataAccessException e) {
            throw UniqueViolation.of(ModelRepository.UNIQUE_NAME, e)
                    .map(violation -> new ProblemException(
                                    ProblemCode.MODEL_NAME_TAKEN, "There is a model with this name already: " + name + ".")
                            .withError("/name", "is taken"))
                    .orElseThrow(() -> e);
        }
    }

    /// @param pointer where the profile stands in the body
    static EncryptionProfile resolve(String pointer, EncryptionProfile wanted) {
        try {
            KeyProfile profile = EncryptionProfiles.resolve(wanted);
            long bytes = profile.layout().sizeBytes();
            if (bytes > MAX_KEY_BYTES) {
                throw ProblemException.invalid(
                        pointer + "/rotations",
                        "would make an evaluation key of " + bytes + " bytes, beyond the limit of " + MAX_KEY_BYTES
                                + "; ask for fewer, or for ALL, from which every other is composed");
            }
            return EncryptionProfiles.describe(profile);
        } catch (InvalidProfileException e) {
            throw new ProblemException(ProblemCode.INVALID_FIELDS, String.valueOf(e.getMessage()))
                    .withError(pointer + "/" + e.field(), String.valueOf(e.getMessage()));
        }
    }

    @Transactional(readOnly = true)
    Versioned<Model> get(Caller caller, ModelId id) {
        return answer(find(caller, id));
    }

    Versioned<Model> answer(ModelRow row) {
        Model model = row.toContract(
                repository.countTokens(row.id()), jobs.open(List.of(row.id())).get(row.id()));
        return new Versioned<>(model, row.version());
    }

    /// SEAL's serialised EncryptionParameters.
    @Transactional(readOnly = true)
    byte[] encryptionParameters(Caller caller, ModelId id) {
        KeyProfile profile = EncryptionProfiles.of(find(caller, id).encryptionProfile());
        return profile.parameters().toSeal(profile.stamp());
    }

    /// An AGENT knows only models for which its holder is asked for keys.
    private ModelRow find(Caller caller, ModelId id) {
        return repository
                .find(id, caller.account())
                .filter(row -> caller.holderId() == null
                        || repository.hasKeysOf(row.id(), caller.holderId().toString()))
                .orElseThrow(() -> ProblemException.notFound("model"));
    }

    @Transactional(readOnly = true)
    Page<Model> list(Caller caller, @Nullable Set<UUID> ids, @Nullable ModelStatus status, NamedList.Cut cut) {
        NamedList<ModelRow> list = new NamedList<>("model", ModelRow.class, ModelRow::uuid, ModelRow::name)
                .where("account_id = ? and deleted_at is null", caller.account().value());
        if (ids != null) {
            list.where("id = any(?)", (Object) ids.toArray(UUID[]::new));
        }
        if (status != null) {
            list.where("status = ?", status.name());
        }
        if (caller.holderId() != null) {
            list.where(
                    "exists (select 1 from evaluation_key k where k.model_id = model.id and k.holder_id = ?)",
                    caller.holderId().value());
        }
        Page<ModelRow> rows = list.read(database, cut);
        Map<ModelId, Long> counts = repository
                .countTokens(Id.array(rows.items().stream().map(ModelRow::id).toList()))
                .stream()
                .collect(Collectors.toMap(count -> new ModelId(count.id()), ModelRepository.TokenCount::tokens));
        Map<ModelId, ModelJob> open = jobs.open(rows.items().stream().map(ModelRow::id).toList());
        return new Page<>(
                rows.items().stream()
                        .map(row -> row.toContract(counts.getOrDefault(row.id(), 0L), open.get(row.id())))
                        .toList(),
                rows.nextCursor());
    }

    private void announce(EventType type, ModelRow row, Caller caller) {
        outbox.append(
                row.accountId(),
                type,
                row.id().value(),
                row.changed(caller.name()),
                caller.actor());
    }

    static Map<String, Object> facts(ModelRow row) {
        return Map.of("name", row.name(), "status", row.status(), "profileDigest", row.profileDigest());
    }

    /// For whoever assigns a token: within its transaction the model neither disappears nor gets another profile.
    public ModelRow hold(AccountId account, ModelId id) {
        ModelRow model = findHeld(account, id)
                .orElseThrow(() -> ProblemException.notFound("model").withError("/modelId", "there is no such model"));
        if (model.deletionRequestedAt() != null) {
            throw new ProblemException(ProblemCode.CONFLICT, "The model " + model.name() + " is being deleted.")
                    .withError("/modelId", "is being deleted");
        }
        return model;
    }

    /// The same for a model that the token has already; empty if it is deleted.
    public Optional<ModelRow> findHeld(AccountId account, ModelId id) {
        return repository.hold(id, account);
    }

    /// A model as it is now.
    public Optional<ModelRow> find(AccountId account, ModelId id) {
        return repository.find(id, account);
    }

    /// Names of models, deleted ones too: a history keeps telling of them.
    public Map<ModelId, String> names(AccountId account, Collection<ModelId> models) {
        return models.isEmpty()
                ? Map.of()
                : repository.names(account, Id.array(models)).stream()
                        .collect(Collectors.toMap(found -> new ModelId(found.id()), ModelRepository.ModelName::name));
    }

    public String name(AccountId account, ModelId model) {
        return Objects.requireNonNull(names(account, List.of(model)).get(model));
    }
}
