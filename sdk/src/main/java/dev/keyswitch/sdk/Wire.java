package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.contract.problem.Problem;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Contract records to calls, and answers to contract records or exceptions.
///
/// @param once one try per call, for those who count the tries themselves
record Wire(Transport transport, Transport once, ObjectMapper json, Duration timeout, RetryPolicy policy) {
    static final String OCTETS = "application/octet-stream";
    private static final String JSON = "application/json";

    /// What changes something carries a name of its own, under which the server does it once, however often it is sent.
    Call call(String method, String target) {
        Call call = Call.of(method, target, timeout);
        return call.isReading() ? call : call.once(IdempotencyKey.next());
    }

    <T> T get(String target, Class<T> type) {
        return read(send(call("GET", target)), json.constructType(type));
    }

    <T> T get(String target, TypeReference<T> type) {
        return read(send(call("GET", target)), json.constructType(type));
    }

    byte[] bytes(String target) {
        return bytes(send(call("GET", target)));
    }

    <T> T post(String target, @Nullable Object body, Class<T> type) {
        return exchange("POST", target, body, type, UnaryOperator.identity());
    }

    <T> T exchange(String method, String target, @Nullable Object body, Class<T> type, UnaryOperator<Call> setting) {
        return read(send(setting.apply(withBody(call(method, target), body))), json.constructType(type));
    }

    /// What a change would do. It needs no name: it may be asked as often as one likes.
    <T> T preview(String method, Target target, @Nullable Object body, TypeReference<T> type) {
        Call call = Call.of(method, target.with("dryRun", true).toString(), timeout).asRepeatable();
        return read(send(withBody(call, body)), json.constructType(type));
    }

    /// Sends with retries.
    ///
    /// @throws ProblemException if the answer is not a good one
    Answer send(Call call) {
        return good(transport.send(call));
    }

    Answer good(Answer answer) {
        if (answer.isGood()) {
            return answer;
        }
        throw new ProblemException(problem(answer), answer.requestId());
    }

    <T> T read(Answer answer, Class<T> type) {
        return read(answer, json.constructType(type));
    }

    Call withBody(Call call, @Nullable Object body) {
        if (body == null) {
            return call;
        }
        try {
            return call.body(JSON, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot be written as JSON: " + body.getClass().getSimpleName(), e);
        }
    }

    private <T> T read(Answer answer, JavaType type) {
        try {
            T value = json.readValue(answer.body(), type);
            if (value == null) {
                throw new UnexpectedAnswerException("The answer is empty", answer.requestId(), null);
            }
            return value;
        } catch (IOException e) {
            String name = type.getRawClass().getSimpleName();
            throw new UnexpectedAnswerException(
                    "The answer cannot be read as " + name + ": " + reason(e), answer.requestId(), e);
        }
    }

    private static byte[] bytes(Answer answer) {
        try {
            return answer.body().readAllBytes();
        } catch (IOException e) {
            throw new UnexpectedAnswerException("The answer cannot be read: " + reason(e), answer.requestId(), e);
        }
    }

    /// Jackson's sentence without the excerpt of the source: the answer may hold a value that is shown once.
    private static String reason(IOException e) {
        return e instanceof JsonProcessingException malformed ? malformed.getOriginalMessage() : e.toString();
    }

    private Problem problem(Answer answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (type.contains("json")) {
            try {
                Problem read = json.readValue(answer.body(), Problem.class);
                if (read != null) {
                    return withStatus(read, answer.status());
                }
            } catch (IOException notAProblem) {
                return notOurs(answer);
            }
        }
        return notOurs(answer);
    }

    private static Problem withStatus(Problem problem, int status) {
        return problem.status() == status
                ? problem
                : new Problem(
                        problem.type(),
                        problem.title(),
                        status,
                        problem.detail(),
                        problem.code(),
                        problem.requestId(),
                        problem.errors(),
                        problem.facts());
    }

    /// An answer by something else on the way, such as a proxy.
    private static Problem notOurs(Answer answer) {
        String title = "The server answered with status " + answer.status();
        return new Problem("about:blank", title, answer.status(), title, "", answer.requestId(), List.of(), Map.of());
    }
}
