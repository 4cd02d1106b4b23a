package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A part of a content (RFC 9110, section 14).
///
/// @param last inclusive
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})", Pattern.CASE_INSENSITIVE);

    /// Null if the header asks for no range, for several, or for something nobody understands: then all of it is answered.
    ///
    /// @throws ProblemException if the range lies outside the content
    static @Nullable ByteRange of(@Nullable String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header.replace(" ", ""));
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return null;
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Long.parseLong(matcher.group(2));
            return suffix == 0 ? outside(size) : new ByteRange(Math.max(0, size - suffix), size - 1);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return null;
        }
        return first >= size ? outside(size) : new ByteRange(first, last);
    }

    private static ByteRange outside(long size) {
        throw new ProblemException(ProblemCode.RANGE_NOT_SATISFIABLE, "The content has " + size + " bytes.")
                .withFact("sizeBytes", size);
    }

    long length() {
        return last - first + 1;
    }
}
