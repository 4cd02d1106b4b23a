package dev.keyswitch.api.idempotency;

import dev.keyswitch.api.CredentialId;
import io.micronaut.http.MediaType;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does each part of a call once, by itself: every part has a transaction and a kept answer of its own. So a call that was cut off
/// goes on where it was when it is sent again as a whole.
@Singleton
public final class IdempotentParts {

    private final KeptAnswers answers;
    private final TransactionOperations<Connection> transactions;

    IdempotentParts(KeptAnswers answers, TransactionOperations<Connection> transactions) {
        this.answers = answers;
        this.transactions = transactions;
    }

    /// What a part was answered.
    ///
    /// @param replayed it was done earlier
    public record PartAnswer(int status, byte[] body, boolean replayed) {

        private KeptAnswer kept() {
            return new KeptAnswer(status, Map.of(), MediaType.APPLICATION_JSON, body);
        }
    }

    /// @param key of the whole call; null: the part is done whenever it is asked for
    /// @param number of the part: with the key, its name
    /// @param text what must be the same for it to be the same part
    /// @param work runs in the transaction of the part, and makes an answer of what it throws; what is refused leaves nothing
    public PartAnswer once(
            CredentialId by, @Nullable IdempotencyKey key, int number, byte[] text, Supplier<PartAnswer> work) {
        if (key == null) {
            return transactions.executeWrite(transaction -> {
                PartAnswer answer = work.get();
                if (!answer.kept().isGood()) {
                    transaction.setRollbackOnly();
                }
                return answer;
            });
        }
        IdempotentCall call = IdempotentCall.of(by, key.part(number), text);
        PartAnswer answer = transactions.executeWrite(transaction -> {
            answers.passAlone(call);
            Optional<PartAnswer> kept = answers.find(call).map(IdempotentParts::again);
            if (kept.isPresent()) {
                return kept.get();
            }
            PartAnswer first = work.get();
            if (!first.kept().isGood() || !answers.keep(call, first.kept())) {
                transaction.setRollbackOnly();
            }
            return first;
        });
        return answer.replayed() || answer.kept().isGood() || !answer.kept().isWorthKeeping() ? answer : keep(call, answer);
    }

    /// A refusal, after what it undid.
    private PartAnswer keep(IdempotentCall call, PartAnswer refusal) {
        return transactions.executeWrite(transaction -> answers.keep(call, refusal.kept())
                ? refusal
                : answers.find(call).map(IdempotentParts::again).orElse(refusal));
    }

    private static PartAnswer again(KeptAnswer kept) {
        return new PartAnswer(kept.status(), kept.body(), true);
    }
}
