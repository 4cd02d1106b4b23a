package dev.keyswitch.api.http;

import java.util.Arrays;
import java.util.Optional;

/// The orders of lists. `createdAt` is the order of the ids, which rise with time.
public enum Sort {
    NAME("name"),
    NAME_DESCENDING("-name"),
    CREATED_AT("createdAt"),
    CREATED_AT_DESCENDING("-createdAt");

    static final String WORDS = "name, -name, createdAt, -createdAt";

    private final String word;

    Sort(String word) {
        this.word = word;
    }

    static Optional<Sort> of(String word) {
        return Arrays.stream(values()).filter(sort -> sort.word.equals(word)).findFirst();
    }

    boolean isByName() {
        return this == NAME || this == NAME_DESCENDING;
    }

    boolean isDescending() {
        return this == NAME_DESCENDING || this == CREATED_AT_DESCENDING;
    }
}
