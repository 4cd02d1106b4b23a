package dev.keyswitch.contract.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The Microsoft SEAL version written into every object header of an evaluation key.
///
/// `3.7` is read by every SEAL 4.x; `4.1` and `4.4` are for servers that want their own layout.
public enum SealStamp {
    V3_7("3.7"),
    V4_1("4.1"),
    V4_4("4.4");

    private final String text;

    SealStamp(String text) {
        this.text = text;
    }

    /// The version as people and JSON write it.
    @JsonValue
    public String text() {
        return text;
    }

    /// @throws IllegalArgumentException if no stamp is written so
    @JsonCreator
    public static SealStamp ofText(String text) {
        for (SealStamp stamp : values()) {
            if (stamp.text.equals(text)) {
                return stamp;
            }
        }
        throw new IllegalArgumentException("sealStamp must be \"3.7\", \"4.1\" or \"4.4\", not \"" + text + "\"");
    }
}
