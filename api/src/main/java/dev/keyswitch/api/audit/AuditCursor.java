package dev.keyswitch.api.audit;

import dev.keyswitch.api.http.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a page ended: a time, and how many changes of that very time were shown. Not the number of the last row: rows are numbered
/// through all accounts, and how many others there are is nobody's business.
record AuditCursor(Instant at, int shown) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([0-9]{1,5})");

    static @Nullable AuditCursor of(QueryParameters query) {
        String text = query.text("cursor", 100);
        if (text == null) {
            return null;
        }
        try {
            Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            if (form.matches()) {
                Instant at = Instant.EPOCH.plus(Long.parseLong(form.group(1)) % (1L << 57), ChronoUnit.MICROS);
                return new AuditCursor(at, Integer.parseInt(form.group(2)));
            }
        } catch (IllegalArgumentException _) {
            // refused below
        }
        throw QueryParameters.refused("cursor", "must be nextCursor of the page before");
    }

    /// After this page, which began at `before`.
    static AuditCursor after(@Nullable AuditCursor before, List<AuditRow> page) {
        Instant last = page.getLast().at();
        int shown = (int) page.stream().filter(row -> row.at().equals(last)).count();
        return new AuditCursor(last, before != null && before.at.equals(last) ? before.shown + shown : shown);
    }

    @Override
    public String toString() {
        String text = ChronoUnit.MICROS.between(Instant.EPOCH, at) + " " + shown;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
