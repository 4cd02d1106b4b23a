package dev.keyswitch.api.holder;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.problem.UniqueViolation;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.tokenjob.TokenJobs;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RootKeyRotation;
import dev.keyswitch.contract.holder.RotateRootKey;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Key holders of an account. An AGENT sees its own alone, and may do no more than tell its root key's fingerprint.
@Singleton
public class Holders {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private final HolderRepository repository;
    private final Accounts accounts;
    private final TokenJobs jobs;
    private final Audit audit;
    private final IdSource ids;
    private final Clock clock;

    Holders(
            HolderRepository repository, Accounts accounts, TokenJobs jobs, Audit audit, IdSource ids, Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.jobs = jobs;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Versioned<Holder> create(Caller caller, CreateHolder wanted) {
        HolderRow row = new HolderRow(
                new HolderId(ids.next()),
                caller.account(),
                Fields.name("/name", wanted.name()),
                fingerprint(wanted.rootFingerprint()),
                clock.instant(),
                0);
        storing(row.name(), () -> repository.save(row));
        audit.append(AuditEntry.account(caller.account(), caller.actor(), "holder.created").after(facts(row)));
        return versioned(row);
    }

    @Transactional(readOnly = true)
    Versioned<Holder> get(Caller caller, HolderId id) {
        return repository
                .findByIdAndAccountId(visible(caller, id), caller.account())
                .map(this::versioned)
                .orElseThrow(() -> ProblemException.notFound("key holder"));
    }

    @Transactional(readOnly = true)
    Page<Holder> list(Caller caller, int limit, @Nullable UUID after) {
        AccountId account = caller.account();
        if (caller.holderId() != null) {
            return new Page<>(List.of(get(caller, caller.holderId()).value()), null);
        }
        List<HolderRow> rows = repository.list(account, String.valueOf(after == null ? new UUID(0, 0) : after), limit + 1);
        List<Holder> items = answers(account, rows.subList(0, Math.min(limit, rows.size())));
        return new Page<>(items, rows.size() <= limit ? null : items.getLast().id().toString());
    }

    /// A fingerprint can be told once. Another one means that all evaluation keys of this holder must be made again:
    /// [#rotateRootKey].
    @Transactional
    Versioned<Holder> change(Caller caller, HolderId id, ChangeHolder wanted, IfMatch condition) {
        HolderRow before = lock(caller, id, condition);
        if (caller.role() == Role.AGENT && wanted.name() != null) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "An AGENT may set its holder's fingerprint and nothing else.");
        }
        String name = wanted.name() == null ? before.name() : Fields.name("/name", wanted.name());
        String fingerprint = fingerprint(wanted.rootFingerprint());
        if (fingerprint == null) {
            fingerprint = before.rootFingerprint();
        } else if (before.rootFingerprint() != null && !before.rootFingerprint().equals(fingerprint)) {
            throw new ProblemException(
                            ProblemCode.CONFLICT,
                            "The key holder " + before.name() + " has a root key already. Rotate it to replace it.")
                    .withError("/rootFingerprint", "is set already");
        }
        HolderRow after = before.with(name, fingerprint);
        if (after.equals(before)) {
            return versioned(before);
        }
        storing(name, () -> repository.change(id, caller.account(), after.name(), after.rootFingerprint()));
        audit.append(AuditEntry.account(caller.account(), caller.actor(), "holder.changed")
                .before(facts(before))
                .after(facts(after)));
        return versioned(after);
    }

    /// From now on keys are made from the root key with the wanted fingerprint; those that come from a former one are replaced by a job.
    /// Asking again for the fingerprint that it has changes nothing.
    @Transactional
    Versioned<Holder> rotateRootKey(Caller caller, HolderId id, RotateRootKey wanted, IfMatch condition) {
        HolderRow before = lock(caller, id, condition);
        String fingerprint = fingerprint(Fields.required("/rootFingerprint", wanted.rootFingerprint()));
        if (before.rootFingerprint() == null) {
            throw new ProblemException(
                    ProblemCode.HOLDER_WITHOUT_ROOT_KEY,
                    "The key holder " + before.name() + " has no root key yet; set the fingerprint of its first one instead.");
        }
        HolderRow after = before.with(before.name(), fingerprint);
        if (after.equals(before)) {
            return versioned(before);
        }
        repository.change(id, caller.account(), after.name(), after.rootFingerprint());
        jobs.beginRootKeyRotation(after.accountId(), id, caller.actor());
        audit.append(AuditEntry.account(caller.account(), caller.actor(), "holder.root-key-rotated")
                .before(facts(before))
                .after(facts(after)));
        return versioned(after);
    }

    private HolderRow lock(Caller caller, HolderId id, IfMatch condition) {
        HolderRow row = repository
                .lock(visible(caller, id), caller.account())
                .orElseThrow(() -> ProblemException.notFound("key holder"));
        condition.require(row.version());
        return row;
    }

    /// The id of a holder of this account, for a field of a body.
    public HolderId require(AccountId account, String pointer, UUID wanted) {
        return repository
                .findByIdAndAccountId(new HolderId(wanted), account)
                .orElseThrow(() -> ProblemException.notFound("key holder").withError(pointer, "there is no such key holder"))
                .id();
    }

    private static HolderId visible(Caller caller, HolderId id) {
        if (caller.holderId() != null && !caller.holderId().equals(id)) {
            throw ProblemException.notFound("key holder");
        }
        return id;
    }

    private static @Nullable String fingerprint(@Nullable String text) {
        if (text != null && !FINGERPRINT.matcher(text).matches()) {
            throw ProblemException.invalid("/rootFingerprint", "must be 64 lower-case hexadecimal digits");
        }
        return text;
    }

    private static void storing(String name, Runnable change) {
        try {
            change.run();
        } catch (DataAccessException e) {
            throw UniqueViolation.of(HolderRepository.UNIQUE_NAME, e)
                    .map(violation -> new ProblemException(
                                    ProblemCode.CONFLICT, "There is a key holder with this name already: " + name + ".")
                            .withError("/name", "is taken"))
                    .orElseThrow(() -> e);
        }
    }

    /// The tag covers what people change, not how far a rotation is.
    private Versioned<Holder> versioned(HolderRow row) {
        return new Versioned<>(answers(row.accountId(), List.of(row)).getFirst(), row.version());
    }

    private List<Holder> answers(AccountId account, List<HolderRow> rows) {
        HolderId defaultHolder = accounts.row(account).defaultHolderId();
        Map<HolderId, RootKeyRotation> rotations = jobs.rotations(rows.stream().map(HolderRow::id).toList());
        return rows.stream().map(row -> row.toContract(defaultHolder, rotations.get(row.id()))).toList();
    }

    private static Map<String, Object> facts(HolderRow row) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("holderId", row.id().value());
        facts.put("name", row.name());
        if (row.rootFingerprint() != null) {
            facts.put("rootFingerprint", row.rootFingerprint());
        }
        return facts;
    }
}
