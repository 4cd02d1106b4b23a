package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last handler: whatever nobody expected is logged once, with the request id, and answered without its innards.
@Singleton
final class Unexpected implements ExceptionHandler<Throwable, HttpResponse<Problem>> {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);

    private final ProblemAnswers answers;
    private final RequestIds requestIds;

    Unexpected(ProblemAnswers answers, RequestIds requestIds) {
        this.answers = answers;
        this.requestIds = requestIds;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, Throwable thrown) {
        HttpRequest<?> typed = request;
        return answers.answer(typed, ProblemAnswers.known(thrown).orElseGet(() -> translate(typed, thrown)));
    }

    private ProblemException translate(HttpRequest<?> request, Throwable thrown) {
        if (isDatabaseAway(thrown)) {
            LOG.warn("database not reachable requestId={} error={}", requestIds.of(request), thrown.toString());
            return new ProblemException(ProblemCode.UNAVAILABLE, "The database cannot be reached at the moment. Please try again.");
        }
        LOG.error("request failed requestId={} {} {}", requestIds.of(request), request.getMethod(), request.getPath(), thrown);
        return internal();
    }

    static ProblemException internal() {
        return new ProblemException(
                ProblemCode.INTERNAL, "Something failed on our side. The request id leads to it in the log.");
    }

    /// Connection lost or refused (SQLSTATE class 08), server stopping or starting (57P), none free in time, or one that was lost
    /// while it lay in the pool, which has no SQLSTATE.
    private static boolean isDatabaseAway(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException || cause instanceof ConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"))) {
                return true;
            }
        }
        return false;
    }
}
