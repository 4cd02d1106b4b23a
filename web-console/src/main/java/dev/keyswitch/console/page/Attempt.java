package dev.keyswitch.console.page;

import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.HttpResponse;
import java.util.function.Supplier;

/// Does something that others may have made impossible meanwhile. What came of it is told on the page one comes back to.
public final class Attempt {

    private static final String BACK = "back";

    private Attempt() {}

    /// @param form says in `back` where one comes from
    /// @param otherwise where one goes if it does not
    /// @param change does it, and says what was done
    public static HttpResponse<?> of(Session session, Form form, String otherwise, Supplier<Notice> change) {
        try {
            session.tell(change.get());
        } catch (ProblemException e) {
            if (e.status() != 409 && e.status() != 412) {
                throw e;
            }
            session.tell(refused(e));
        }
        return back(form, otherwise);
    }

    /// Nothing was changed, and why.
    public static Notice refused(ProblemException e) {
        return Notice.problem("Nothing was changed: " + e.getMessage() + " Request id " + e.requestId());
    }

    public static HttpResponse<?> back(Form form, String otherwise) {
        return HttpResponse.seeOther(LocalAddress.or(form.text(BACK), otherwise));
    }
}
