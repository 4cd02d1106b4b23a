package dev.keyswitch.api.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.http.HttpMethods;
import dev.keyswitch.api.http.Problems;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.idempotency.KeepAnswer.When;
import dev.keyswitch.api.security.Caller;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.filter.ConditionalFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.web.router.RouteAttributes;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Answers a repeated call with what it was answered first. Whatever changes something passes here, whoever wrote it: the
/// operation runs inside a transaction begun here, which its own transactions join, and its answer is kept in the same one.
/// So there is no moment in which the change is there and its answer is not.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class IdempotencyFilter implements Ordered, ConditionalFilter {

    private final KeptAnswers answers;
    private final Problems problems;
    private final TransactionOperations<Connection> transactions;
    private final ObjectMapper json;

    IdempotencyFilter(
            KeptAnswers answers, Problems problems, TransactionOperations<Connection> transactions, ObjectMapper json) {
        this.answers = answers;
        this.problems = problems;
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public boolean isEnabled(HttpRequest<?> request) {
        return request.getHeaders().contains(IdempotencyKey.HEADER) && HttpMethods.change(request.getMethod());
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> once(HttpRequest<?> request, FilterContinuation<MutableHttpResponse<?>> continuation) {
        // What is no change needs no key, and whoever asks with the value of a token has no credential to keep an answer for. The first is asked
        // again here: not every way through the filters asks whether this one is enabled.
        if (!isEnabled(request) || Caller.known(request).isEmpty()) {
            return continuation.proceed();
        }
        IdempotencyKey key = IdempotencyKey.of(request).orElseThrow();
        Optional<When> when = RouteAttributes.getRouteMatch(request)
                .flatMap(route -> route.getAnnotationMetadata().enumValue(KeepAnswer.class, When.class));
        boolean preview = request.getParameters().getAll(QueryParameters.DRY_RUN).contains("true");
        if (preview || when.filter(When.NEVER::equals).isPresent() || RouteAttributes.getRouteMatch(request).isEmpty()) {
            return continuation.proceed();
        }
        IdempotentCall call = IdempotentCall.of(Caller.of(request).credentialId(), key, request, body(request));
        return when.isPresent() ? keepAfterwards(request, call, continuation) : keepWithChange(request, call, continuation);
    }

    /// @return bytes that the operation behind reads once more
    private static byte[] body(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> received)) {
            throw new IllegalStateException("not a request to this server");
        }
        try (CloseableByteBody split = received.byteBody().split(SplitBackpressureMode.FASTEST);
                CloseableAvailableByteBody whole = split.buffer().join()) {
            return whole.toByteArray();
        } catch (CompletionException e) {
            // Too large, or cut off: that has its own answer.
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private HttpResponse<?> keepWithChange(
            HttpRequest<?> request, IdempotentCall call, FilterContinuation<MutableHttpResponse<?>> continuation) {
        Run run = transactions.executeWrite(transaction -> {
            answers.passAlone(call);
            return answers.find(call).map(Run::kept).orElseGet(() -> first(request, call, continuation, transaction));
        });
        return run.isToBeKept() ? keep(call, run) : run.response();
    }

    private Run first(
            HttpRequest<?> request,
            IdempotentCall call,
            FilterContinuation<MutableHttpResponse<?>> continuation,
            TransactionStatus<Connection> transaction) {
        Run run = run(request, continuation);
        if (!run.isGood() || !answers.keep(call, run.answer())) {
            // Refused, or overtaken by an equal call: nothing of this one remains.
            transaction.setRollbackOnly();
            return run;
        }
        return run.done();
    }

    private HttpResponse<?> keepAfterwards(
            HttpRequest<?> request, IdempotentCall call, FilterContinuation<MutableHttpResponse<?>> continuation) {
        Optional<KeptAnswer> kept = transactions.executeRead(transaction -> answers.find(call));
        if (kept.isPresent()) {
            return kept.get().again();
        }
        Run run = run(request, continuation);
        return run.isToBeKept() ? keep(call, run) : run.response();
    }

    private HttpResponse<?> keep(IdempotentCall call, Run run) {
        return transactions.executeWrite(transaction -> answers.keep(call, run.answer())
                ? run.response()
                : answers.find(call).<HttpResponse<?>>map(KeptAnswer::again).orElse(run.response()));
    }

    private Run run(HttpRequest<?> request, FilterContinuation<MutableHttpResponse<?>> continuation) {
        MutableHttpResponse<?> response;
        try {
            // Only so does it run in what is begun here: proceed() alone goes on as it was before this filter.
            response = continuation.request(request).proceed();
        } catch (RuntimeException e) {
            response = problems.answer(request, e);
        }
        return answered(response);
    }

    private Run answered(MutableHttpResponse<?> response) {
        byte[] bytes = bytes(response.body());
        KeptAnswer answer = KeptAnswer.of(response, bytes);
        if (bytes.length > 0) {
            // What is sent now and what is sent again are the same bytes.
            response.body(bytes).getHeaders().set(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        return new Run(response, answer, answer.isWorthKeeping());
    }

    private byte[] bytes(@Nullable Object body) {
        try {
            return switch (body) {
                case null -> new byte[0];
                case byte[] bytes -> bytes;
                default -> json.writeValueAsBytes(body);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written: " + MediaType.APPLICATION_JSON, e);
        }
    }

    /// How an operation went.
    private record Run(HttpResponse<?> response, KeptAnswer answer, boolean isToBeKept) {

        static Run kept(KeptAnswer answer) {
            return new Run(answer.again(), answer, false);
        }

        boolean isGood() {
            return answer.isGood();
        }

        Run done() {
            return new Run(response, answer, false);
        }
    }

    /// After whatever admits or refuses callers.
    @Override
    public int getOrder() {
        return 1000;
    }
}
