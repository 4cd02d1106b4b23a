package dev.keyswitch.api.http;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The orders of lists. `createdAt` is the order of the ids, which rise with time.
public enum Sort {
    NAME("name"),
    NAME_DESCENDING("-name"),
    CREATED_AT("createdAt"),
    CREATED_AT_DESCENDING("-createdAt"),
    EXPIRES_AT("expiresAt"),
    EXPIRES_AT_DESCENDING("-expiresAt");

    /// Of everything that has a name.
    public static final Set<Sort> OF_NAMED =
            Collections.unmodifiableSet(EnumSet.of(NAME, NAME_DESCENDING, CREATED_AT, CREATED_AT_DESCENDING));
    /// Of what also ends.
    public static final Set<Sort> OF_EXPIRING = Collections.unmodifiableSet(EnumSet.allOf(Sort.class));

    private final String word;

    Sort(String word) {
        this.word = word;
    }

    static Optional<Sort> of(String word, Set<Sort> known) {
        return known.stream().filter(sort -> sort.word.equals(word)).findFirst();
    }

    boolean isByName() {
        return this == NAME || this == NAME_DESCENDING;
    }

    boolean isByExpiry() {
        return this == EXPIRES_AT || this == EXPIRES_AT_DESCENDING;
    }

    static String words(Set<Sort> known) {
        return known.stream().map(sort -> sort.word).collect(Collectors.joining(", "));
    }

    boolean isDescending() {
        return this == NAME_DESCENDING || this == CREATED_AT_DESCENDING || this == EXPIRES_AT_DESCENDING;
    }
}
