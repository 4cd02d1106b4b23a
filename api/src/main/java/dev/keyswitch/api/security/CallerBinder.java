package dev.keyswitch.api.security;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;

/// Hands the [Caller] to controllers that ask for it.
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {

    static final String ATTRIBUTE = "keyswitch.caller";

    @Override
    public Argument<Caller> argumentType() {
        return Argument.of(Caller.class);
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
        return () -> Caller.known(request);
    }
}
