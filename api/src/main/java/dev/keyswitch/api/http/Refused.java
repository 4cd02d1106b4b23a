package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/// Answers our own refusals.
@Singleton
final class Refused implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {

    private final ProblemAnswers answers;

    Refused(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, ProblemException refusal) {
        return answers.answer((HttpRequest<?>) request, refusal);
    }
}
