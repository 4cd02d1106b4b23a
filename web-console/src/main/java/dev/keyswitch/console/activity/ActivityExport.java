package dev.keyswitch.console.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.contract.audit.AuditedChange;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes as a file.
final class ActivityExport {

    /// Lines of a file, the newest ones.
    static final int MOST = 10_000;

    private static final List<String> COLUMNS = List.of(
            "at", "by", "credentialId", "action", "tokenId", "modelId", "requestId", "before", "after");

    private final ObjectMapper json;

    ActivityExport(ObjectMapper json) {
        this.json = json;
    }

    /// Comma-separated values after RFC 4180; before and after as JSON.
    String csv(Stream<AuditedChange> changes) {
        return Stream.concat(Stream.of(String.join(",", COLUMNS)), changes.limit(MOST).map(this::line))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /// An array, as the API answers it.
    String json(Stream<AuditedChange> changes) {
        return changes.limit(MOST).map(this::text).collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private String line(AuditedChange change) {
        Object[] cells = {
            change.at(),
            change.by(),
            change.credentialId(),
            change.action(),
            change.tokenId(),
            change.modelId(),
            change.requestId(),
            change.before() == null ? null : text(change.before()),
            change.after() == null ? null : text(change.after())
        };
        return Arrays.stream(cells).map(ActivityExport::cell).collect(Collectors.joining(","));
    }

    /// A name that begins like a formula would be computed by a spreadsheet: it gets an apostrophe.
    static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "");
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
