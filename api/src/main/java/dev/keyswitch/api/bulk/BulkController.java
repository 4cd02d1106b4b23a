package dev.keyswitch.api.bulk;

import dev.keyswitch.api.idempotency.IdempotencyKey;
import dev.keyswitch.api.idempotency.KeepAnswer;
import dev.keyswitch.api.openapi.LineByLine;
import dev.keyswitch.api.preview.DryRun;
import dev.keyswitch.api.preview.Previewed;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Many operations in one call (NDJSON), answered line by line. The roles are those of every single operation.
@Controller("/v1/bulk")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BulkController {

    static final String NDJSON = "application/x-ndjson";
    /// The body is held to 1 MiB as every other; so many lines that say nothing would fit in it.
    private static final int MAX_LINES = 10_000;

    private final Lines lines;
    private final Semaphore free;
    private final ExecutorService threads;

    /// @param atOnce calls that a node works on at a time: each takes one connection to the database, of which there are few
    BulkController(
            Lines lines,
            @Value("${keyswitch.bulk.at-once:4}") int atOnce,
            @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.lines = lines;
        this.threads = threads;
        this.free = new Semaphore(atOnce);
    }

    @Post
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @Allowed({Role.OWNER, Role.OPERATOR})
    @KeepAnswer(KeepAnswer.When.NEVER)
    @Previewed(Previewed.How.BY_ITSELF)
    @LineByLine(asked = BulkLine.class, answered = BulkAnswer.class)
    HttpResponse<?> run(Caller caller, HttpRequest<?> request, DryRun dryRun, @Body byte @Nullable [] body) {
        byte[] text = body == null ? new byte[0] : body;
        requireFewLines(text);
        Lines.Call call = new Lines.Call(request, caller, IdempotencyKey.of(request).orElse(null), dryRun.wanted());
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.RATE_LIMITED, "This node works on as many bulk calls as it can. Try again in a moment.");
        }
        return new BulkAnswers(threads, text, (number, line) -> lines.answer(call, number, line), free::release)
                .answer(MediaType.of(NDJSON));
    }

    private static void requireFewLines(byte[] text) {
        int count = 1;
        for (byte b : text) {
            count += b == '\n' ? 1 : 0;
        }
        if (count > MAX_LINES + 1) {
            throw new ProblemException(
                    ProblemCode.PAYLOAD_TOO_LARGE, "A bulk call may have at most " + MAX_LINES + " lines; make several.");
        }
    }
}
