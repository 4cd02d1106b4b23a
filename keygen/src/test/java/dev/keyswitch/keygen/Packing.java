package dev.keyswitch.keygen;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;

/// Compresses SEAL objects as SEAL does: the header stays, what follows is packed as a whole.
enum Packing {
    NONE(0, bytes -> bytes),
    ZLIB(1, Packing::deflate),
    ZSTD(2, Zstd::compress);

    static final ZstdDecoder ZSTD_JNI =
            (compressed, maxWindowLog) -> new ZstdInputStreamNoFinalizer(compressed).setLongMax(maxWindowLog);

    private static final int HEADER = 16;

    private final int mode;
    private final UnaryOperator<byte[]> packer;

    Packing(int mode, UnaryOperator<byte[]> packer) {
        this.mode = mode;
        this.packer = packer;
    }

    byte[] object(byte[] object) {
        return withPayload(object, packer.apply(Arrays.copyOfRange(object, HEADER, object.length)));
    }

    byte[] withPayload(byte[] object, byte[] payload) {
        byte[] packed = Arrays.copyOf(object, HEADER + payload.length);
        packed[5] = (byte) mode;
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putLong(8, packed.length);
        System.arraycopy(payload, 0, packed, HEADER, payload.length);
        return packed;
    }

    byte[] evaluationKey(KeyProfile profile, byte[] key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : profile.layout().parts()) {
            out.writeBytes(object(part(key, part)));
        }
        return out.toByteArray();
    }

    static byte[] part(byte[] key, Part part) {
        return Arrays.copyOfRange(key, (int) part.offset(), (int) (part.offset() + part.length()));
    }

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }
}
