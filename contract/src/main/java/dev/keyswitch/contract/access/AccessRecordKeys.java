package dev.keyswitch.contract.access;

import java.util.UUID;

/// Keys of the records of the access topic. A token's records have the hex SHA-256 of its value, so that no reader of the topic
/// learns a value; there is one record per model, and one that says up to when all of this is complete.
public final class AccessRecordKeys {

    public static final String HEARTBEAT = "heartbeat";
    private static final String MODEL = "model:";

    private AccessRecordKeys() {}

    public static String model(UUID model) {
        return MODEL + model;
    }

    public static boolean isModel(String recordKey) {
        return recordKey.startsWith(MODEL);
    }
}
