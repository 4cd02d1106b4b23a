package dev.keyswitch.keygen;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/// Puts values one after the other so that no two lists of values give the same bytes: a 2-byte big-endian length before each.
final class Fields {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Fields keyId(KeyId id) {
        return uuid(id.deploymentId()).uuid(id.tokenId()).uuid(id.modelId()).number(id.generation());
    }

    /// 16 bytes, big-endian.
    Fields uuid(UUID id) {
        return octets(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /// 8 bytes, big-endian.
    Fields number(long number) {
        return octets(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    Fields octets(byte[] value) {
        bytes.write(value.length >>> Byte.SIZE);
        bytes.write(value.length);
        bytes.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
