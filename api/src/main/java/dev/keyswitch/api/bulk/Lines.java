package dev.keyswitch.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.http.Problems;
import dev.keyswitch.api.idempotency.IdempotencyKey;
import dev.keyswitch.api.idempotency.IdempotentParts;
import dev.keyswitch.api.idempotency.IdempotentParts.PartAnswer;
import dev.keyswitch.api.preview.Undone;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.problem.Problem;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers lines: each in a transaction of its own, so that one that is refused undoes no other.
@Singleton
final class Lines {

    private final LineOperations operations;
    private final IdempotentParts parts;
    private final Undone undone;
    private final Problems problems;
    private final ObjectMapper json;

    Lines(LineOperations operations, IdempotentParts parts, Undone undone, Problems problems, ObjectMapper json) {
        this.undone = undone;
        this.operations = operations;
        this.parts = parts;
        this.problems = problems;
        this.json = json;
    }

    /// The call that the lines came with.
    ///
    /// @param key null: a line that is sent again is done again
    /// @param dryRun each line by itself: none sees what those before it would have done
    record Call(HttpRequest<?> request, Caller caller, @Nullable IdempotencyKey key, boolean dryRun) {}

    /// The answer to one line, whatever it is, as JSON.
    byte[] answer(Call call, int number, byte[] text) {
        try {
            if (call.dryRun()) {
                return undone.run(() -> run(call, number, text)).body();
            }
            PartAnswer answer = parts.once(
                    call.caller().credentialId(), call.key(), number, text, () -> run(call, number, text));
            return answer.replayed() ? replayed(answer) : answer.body();
        } catch (RuntimeException e) {
            // Refused before the operation had its turn: another one with this key is at it, say, or the database is away.
            return refusal(call, number, e).body();
        }
    }

    private PartAnswer run(Call call, int number, byte[] text) {
        try {
            BulkAnswer done = operations.run(call.caller(), number, Line.read(text, json));
            BulkAnswer answer = call.dryRun() ? withoutValue(done) : done;
            return new PartAnswer(answer.status(), written(answer), false);
        } catch (IOException | RuntimeException e) {
            return refusal(call, number, e);
        }
    }

    /// A value that opens nothing is not shown.
    private static BulkAnswer withoutValue(BulkAnswer answer) {
        return answer.token() == null
                ? answer
                : new BulkAnswer(
                        answer.line(), answer.status(), answer.etag(), answer.token().withValue(null), answer.problem(), null);
    }

    private PartAnswer refusal(Call call, int number, Exception thrown) {
        Problem problem = Objects.requireNonNull(problems.answer(call.request(), thrown).body());
        return new PartAnswer(
                problem.status(), written(new BulkAnswer(number, problem.status(), null, null, problem, null)), false);
    }

    private byte[] replayed(PartAnswer answer) {
        try {
            BulkAnswer first = json.readValue(answer.body(), BulkAnswer.class);
            return written(new BulkAnswer(first.line(), first.status(), first.etag(), first.token(), first.problem(), true));
        } catch (IOException e) {
            throw new IllegalStateException("a kept answer cannot be read", e);
        }
    }

    private byte[] written(BulkAnswer answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
