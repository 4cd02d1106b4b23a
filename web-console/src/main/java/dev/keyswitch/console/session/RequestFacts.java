package dev.keyswitch.console.session;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What the gate found out about a request, for controllers to take as parameters.
public final class RequestFacts {

    private RequestFacts() {}

    static void put(HttpRequest<?> request, Form form) {
        request.setAttribute(Form.class.getName(), form);
    }

    static void put(HttpRequest<?> request, Session session) {
        request.setAttribute(Session.class.getName(), session);
    }

    /// The session of a request, where there is one.
    public static Optional<Session> session(HttpRequest<?> request) {
        return request.getAttribute(Session.class.getName(), Session.class);
    }

    /// Binds parameters of type [Session].
    @Singleton
    static final class OfSession implements TypedRequestArgumentBinder<Session> {
        @Override
        public Argument<Session> argumentType() {
            return Argument.of(Session.class);
        }

        @Override
        public BindingResult<Session> bind(ArgumentConversionContext<Session> context, HttpRequest<?> source) {
            Optional<Session> session = session(source);
            return () -> session;
        }
    }

    /// Binds parameters of type [Form].
    @Singleton
    static final class OfForm implements TypedRequestArgumentBinder<Form> {
        @Override
        public Argument<Form> argumentType() {
            return Argument.of(Form.class);
        }

        @Override
        public BindingResult<Form> bind(ArgumentConversionContext<Form> context, HttpRequest<?> source) {
            Optional<Form> form = source.getAttribute(Form.class.getName(), Form.class);
            return () -> form;
        }
    }
}
