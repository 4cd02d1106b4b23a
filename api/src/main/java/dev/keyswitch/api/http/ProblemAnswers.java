package dev.keyswitch.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import jakarta.inject.Singleton;
import java.io.CharConversionException;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes every refusal a problem (RFC 9457), also those of the HTTP server itself.
@Singleton
@Primary
final class ProblemAnswers implements ErrorResponseProcessor<Problem> {

    static final MediaType MEDIA_TYPE = MediaType.of(MediaType.APPLICATION_JSON_PROBLEM);

    private final RequestIds requestIds;

    ProblemAnswers(RequestIds requestIds) {
        this.requestIds = requestIds;
    }

    /// What the server's own error handling found: no route, no body, wrong type and the like.
    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext error, MutableHttpResponse<?> response) {
        ProblemException problem = error.getRootCause()
                .flatMap(ProblemAnswers::known)
                .orElseGet(() -> ofStatus(response.status(), error));
        return fill(error.getRequest(), response, problem);
    }

    MutableHttpResponse<Problem> answer(HttpRequest<?> request, ProblemException problem) {
        return fill(request, HttpResponse.ok(), problem);
    }

    /// What in the chain of causes we have words for.
    static Optional<ProblemException> known(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Optional.of(problem);
            }
            if (cause instanceof JsonProcessingException unreadable) {
                return Optional.of(UnreadableBody.problem(unreadable));
            }
            if (cause instanceof ErrorDataDecoderException) {
                return Optional.of(new ProblemException(ProblemCode.MALFORMED_REQUEST, "The form cannot be read."));
            }
            if (cause instanceof CharConversionException) {
                return Optional.of(new ProblemException(ProblemCode.MALFORMED_REQUEST, "The body is not text in UTF-8."));
            }
            if (cause instanceof DecoderException) {
                return Optional.of(new ProblemException(
                        ProblemCode.MALFORMED_REQUEST, "The body is not in the encoding that the header Content-Encoding names."));
            }
            if (cause instanceof ConversionErrorException conversion && conversion.getCause() instanceof IllegalArgumentException why) {
                return Optional.of(new ProblemException(
                        ProblemCode.MALFORMED_REQUEST,
                        conversion.getArgument().getName() + " cannot be read: " + why.getMessage() + "."));
            }
        }
        return Optional.empty();
    }

    private static ProblemException ofStatus(HttpStatus status, ErrorContext error) {
        String said = error.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return switch (status) {
            case NOT_FOUND -> new ProblemException(ProblemCode.NOT_FOUND, "There is nothing at this path.");
            case METHOD_NOT_ALLOWED -> new ProblemException(ProblemCode.METHOD_NOT_ALLOWED, said + ".");
            case NOT_ACCEPTABLE -> new ProblemException(ProblemCode.NOT_ACCEPTABLE, said + ".");
            case UNSUPPORTED_MEDIA_TYPE -> new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, said + ".");
            case REQUEST_ENTITY_TOO_LARGE ->
                new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large. Calls take 1 MiB at most, a chunk of key content 8 MiB.");
            case REQUESTED_RANGE_NOT_SATISFIABLE -> new ProblemException(ProblemCode.RANGE_NOT_SATISFIABLE, said + ".");
            default -> status.getCode() < 500
                    ? new ProblemException(ProblemCode.MALFORMED_REQUEST, said + ".")
                    : Unexpected.internal();
        };
    }

    private MutableHttpResponse<Problem> fill(HttpRequest<?> request, MutableHttpResponse<?> response, ProblemException problem) {
        String requestId = requestIds.of(request);
        MutableHttpResponse<Problem> answer = response.status(problem.code().status())
                .body(problem.toProblem(requestId))
                .contentType(MEDIA_TYPE);
        answer.getHeaders().set(RequestIds.HEADER, requestId);
        if (problem.code() == ProblemCode.UNAUTHENTICATED) {
            answer.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (passes(problem.code())) {
            answer.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer;
    }

    /// A second later it may be different.
    private static boolean passes(ProblemCode code) {
        return code == ProblemCode.UNAVAILABLE || code == ProblemCode.IDEMPOTENCY_IN_PROGRESS || code == ProblemCode.RATE_LIMITED;
    }
}
