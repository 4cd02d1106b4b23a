package dev.keyswitch.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.http.Problems;
import dev.keyswitch.api.idempotency.IdempotencyKey;
import dev.keyswitch.api.idempotency.IdempotentParts;
import dev.keyswitch.api.idempotency.IdempotentParts.PartAnswer;
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
    private final Problems problems;
    private final ObjectMapper json;

    Lines(LineOperations operations, IdempotentParts parts, Problems problems, ObjectMapper json) {
        this.operations = operations;
        this.parts = parts;
        this.problems = problems;
        this.json = json;
    }

    /// The call that the lines came with.
    ///
    /// @param key null: a line that is sent again is done again
    record Call(HttpRequest<?> request, Caller caller, @Nullable IdempotencyKey key) {}

    /// The answer to one line, whatever it is, as JSON.
    byte[] answer(Call call, int number, byte[] text) {
        try {
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
            BulkAnswer answer = operations.run(call.caller(), number, Line.read(text, json));
            return new PartAnswer(answer.status(), written(answer), false);
        } catch (IOException | RuntimeException e) {
            return refusal(call, number, e);
        }
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
