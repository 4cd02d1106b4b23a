package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The header `If-Match` of one request (RFC 9110): the change is only wanted if the thing is still as the caller saw it.
/// Controllers take it as a parameter.
public final class IfMatch {

    private static final String ONE = "(?:W/)?\"[\\x21\\x23-\\x7e]*\"";
    private static final Pattern FORM = Pattern.compile("\\*|" + ONE + "(?:[ \\t]*,[ \\t]*" + ONE + ")*");

    private final List<String> headers;

    IfMatch(List<String> headers) {
        this.headers = headers;
    }

    /// For changes that nobody makes over HTTP.
    public static IfMatch anything() {
        return new IfMatch(List.of());
    }

    /// The same, said elsewhere than in the header.
    public static IfMatch of(String value) {
        return new IfMatch(List.of(value));
    }

    /// @param version of the thing as it is, under its lock
    public void require(long version) {
        if (!headers.isEmpty() && headers.stream().noneMatch(header -> matches(header, Versioned.tag(version)))) {
            throw new ProblemException(
                    ProblemCode.PRECONDITION_FAILED,
                    "It has been changed since it was read with that tag; its tag is " + Versioned.tag(version)
                            + " now. Read it again, and decide anew.");
        }
    }

    /// A weak tag matches nothing: the comparison is the strong one.
    private static boolean matches(String header, String tag) {
        String value = header.strip();
        if (!FORM.matcher(value).matches()) {
            throw new ProblemException(
                    ProblemCode.MALFORMED_REQUEST, "The header If-Match must be * or tags as ETag has them, like \"3\".");
        }
        return value.equals("*") || Arrays.asList(value.split("[ \\t]*,[ \\t]*", -1)).contains(tag);
    }
}
