package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.value.Page;
import java.util.stream.Stream;

/// Who changed what, when. Newest first.
public final class AuditTrail {
    private static final TypeReference<Page<AuditedChange>> PAGE = new TypeReference<>() {};

    private final Wire wire;

    AuditTrail(Wire wire) {
        this.wire = wire;
    }

    /// One page.
    public Page<AuditedChange> list(AuditQuery query) {
        return wire.get(query.target(), PAGE);
    }

    /// Every page from the query's cursor on, fetched as the stream is read.
    public Stream<AuditedChange> all(AuditQuery query) {
        return Pages.stream(cursor -> list(query.cursor(cursor)), query.cursor());
    }
}
