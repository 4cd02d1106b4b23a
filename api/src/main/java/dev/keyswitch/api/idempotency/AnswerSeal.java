package dev.keyswitch.api.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Keeps answers unreadable for whoever has the database but not the Idempotency-Key. All answers, not only those with a value
/// that is shown once: nobody has to remember to mark a new one.
///
/// Stored: 12 bytes nonce, then AES-256-GCM with tag, bound to whose call it was.
@Singleton
final class AnswerSeal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final ObjectMapper json;
    private final SecureRandom random;

    AnswerSeal(ObjectMapper json, SecureRandom random) {
        this.json = json;
        this.random = random;
    }

    byte[] seal(IdempotentCall call, KeptAnswer answer) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, call, nonce).doFinal(json.writeValueAsBytes(answer));
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("an answer could not be sealed", e);
        }
    }

    KeptAnswer open(IdempotentCall call, byte[] stored) {
        byte[] nonce = java.util.Arrays.copyOf(stored, NONCE);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, call, nonce).doFinal(stored, NONCE, stored.length - NONCE);
            return json.readValue(plain, KeptAnswer.class);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a kept answer could not be opened", e);
        }
    }

    private static Cipher cipher(int mode, IdempotentCall call, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, call.key().encryptionKey(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(call.boundTo());
        return cipher;
    }
}
