package dev.keyswitch.api.security;

import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.holder.HolderRepository;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.Page;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The management credentials of an account.
@Singleton
public class CredentialService {

    private static final int MAX_MODELS = 100;

    private final CredentialRepository repository;
    private final Credentials credentials;
    private final Admissions admissions;
    private final HolderRepository holders;
    private final Audit audit;
    private final Clock clock;

    CredentialService(
            CredentialRepository repository,
            Credentials credentials,
            Admissions admissions,
            HolderRepository holders,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.credentials = credentials;
        this.admissions = admissions;
        this.holders = holders;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Credential create(Caller caller, CreateCredential wanted) {
        String name = Fields.name("/name", wanted.name());
        Role role = Fields.required("/role", wanted.role());
        if (role == Role.ADMIN) {
            throw ProblemException.invalid("/role", "must not be ADMIN, which belongs to the deployment and to no account");
        }
        Credential created = credentials.create(
                caller.account(), name, role, holder(caller, role, wanted.holderId()), models(caller, role, wanted.modelIds()));
        audit.append(AuditEntry.account(caller.account(), caller.actor(), "credential.created")
                .after(facts(created)));
        return created;
    }

    private @Nullable HolderId holder(Caller caller, Role role, @Nullable UUID wanted) {
        if (role != Role.AGENT) {
            if (wanted != null) {
                throw ProblemException.invalid("/holderId", "is for the role AGENT alone");
            }
            return null;
        }
        HolderId holder = new HolderId(Fields.required("/holderId", wanted));
        return holders.findByIdAndAccountId(holder, caller.account())
                .orElseThrow(() -> ProblemException.notFound("key holder").withError("/holderId", "there is no such key holder"))
                .id();
    }

    private List<UUID> models(Caller caller, Role role, @Nullable List<UUID> wanted) {
        if (wanted == null) {
            return List.of();
        }
        if (role != Role.GATEWAY) {
            throw ProblemException.invalid("/modelIds", "is for the role GATEWAY alone");
        }
        if (wanted.isEmpty() || wanted.size() > MAX_MODELS) {
            throw ProblemException.invalid("/modelIds", "must have 1 to " + MAX_MODELS + " models");
        }
        List<UUID> models = wanted.stream().distinct().toList();
        for (UUID model : models) {
            if (!repository.hasModel(caller.account(), model)) {
                throw ProblemException.notFound("model").withError("/modelIds", "there is no model " + model);
            }
        }
        return models;
    }

    @Transactional(readOnly = true)
    Page<Credential> list(Caller caller, int limit, @Nullable UUID after) {
        List<CredentialRow> rows = repository.list(
                caller.account(), Objects.requireNonNullElse(after, new UUID(0, 0)).toString(), limit + 1);
        List<Credential> items = rows.stream().limit(limit).map(row -> row.toContract(repository.models(row.id()), null)).toList();
        return new Page<>(items, rows.size() <= limit ? null : items.getLast().id().toString());
    }

    /// One that is in force.
    @Transactional(readOnly = true)
    Credential get(Caller caller, CredentialId id) {
        return repository
                .find(id, caller.account())
                .map(row -> row.toContract(repository.models(id), null))
                .orElseThrow(() -> ProblemException.notFound("credential"));
    }

    /// Final, and in force with the next request to this node. The last OWNER stays, for nobody inside the account could make another.
    @Transactional
    void revoke(Caller caller, CredentialId id) {
        List<CredentialRow> owners = repository.lockOwners(caller.account());
        if (owners.size() == 1 && owners.getFirst().id().equals(id)) {
            throw new ProblemException(ProblemCode.CONFLICT, "This is the account's last OWNER credential. Create another one first.");
        }
        CredentialRow row = repository
                .lock(id, caller.account())
                .orElseThrow(() -> ProblemException.notFound("credential"));
        repository.revoke(id, caller.account(), clock.instant());
        admissions.forgetAfterCommit();
        audit.append(AuditEntry.account(caller.account(), caller.actor(), "credential.revoked")
                .before(facts(row.toContract(repository.models(row.id()), null))));
    }

    private static Map<String, Object> facts(Credential credential) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("credentialId", credential.id());
        facts.put("name", credential.name());
        facts.put("role", credential.role());
        if (credential.holderId() != null) {
            facts.put("holderId", credential.holderId());
        }
        if (credential.modelIds() != null) {
            facts.put("modelIds", credential.modelIds());
        }
        return facts;
    }
}
