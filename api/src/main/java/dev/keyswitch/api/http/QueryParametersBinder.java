package dev.keyswitch.api.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Hands the [QueryParameters] to controllers that ask for them.
@Singleton
final class QueryParametersBinder implements TypedRequestArgumentBinder<QueryParameters> {

    @Override
    public Argument<QueryParameters> argumentType() {
        return Argument.of(QueryParameters.class);
    }

    @Override
    public BindingResult<QueryParameters> bind(ArgumentConversionContext<QueryParameters> context, HttpRequest<?> request) {
        return () -> Optional.of(new QueryParameters(request.getParameters().asMap()));
    }
}
