package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import java.util.List;

/// By which a key holder recognises the evaluation keys it made itself.
public final class HolderMac {
    private HolderMac() {}

    public static String sign(RootKey root, KeyId id, String sha256Hex, List<Part> parts) {
        throw new UnsupportedOperationException("not written yet");
    }

    public static boolean verify(RootKey root, KeyId id, String sha256Hex, List<Part> parts, String mac) {
        throw new UnsupportedOperationException("not written yet");
    }
}
