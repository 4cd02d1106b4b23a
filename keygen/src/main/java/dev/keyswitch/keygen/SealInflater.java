package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.internal.wire.Inflation;
import dev.keyswitch.keygen.internal.wire.Sizes;
import java.io.InputStream;
import java.util.List;

/// Unpacks SEAL objects that were saved with compression, as SEAL itself does unless told otherwise: zlib with what Java has, Zstandard
/// with a library that the caller plugs in. What comes out is what SEAL would have saved without compression, so checks and readers take
/// it as it is; offsets in their messages count in the unpacked bytes.
///
/// The input is not trusted. How much may come out is known beforehand, to the byte, and nothing beyond it is ever unpacked; how much may
/// go in is bounded as well, and so is memory: 128 KiB, and the window of a Zstandard frame (at most 8 MiB). Objects that are not
/// compressed pass unchanged. Close the returned stream: it frees what unpacking holds, and leaves the one below open. Damage is thrown by the returned stream as an [java.io.IOException], which this package's checks and readers
/// turn into a [MalformedKeyException].
public final class SealInflater {
    private final ZstdDecoder zstd;

    /// @param zstd [ZstdDecoder#NONE] to take zlib only
    public SealInflater(ZstdDecoder zstd) {
        this.zstd = zstd;
    }

    /// Each object of an evaluation key may be compressed in its own way.
    public InputStream evaluationKey(KeyProfile profile, InputStream in) {
        return inflate(in, profile.layout().parts().stream().map(Part::length).toList());
    }

    public InputStream publicKey(EncryptionParameters parameters, KeyForm form, SealStamp stamp, InputStream in) {
        return inflate(in, List.of(sizes(parameters, form, stamp).component()));
    }

    public InputStream secretKey(EncryptionParameters parameters, SealStamp stamp, InputStream in) {
        return inflate(in, List.of(sizes(parameters, KeyForm.PLAIN, stamp).secretKey()));
    }

    private InputStream inflate(InputStream in, List<Long> lengths) {
        return new Inflation(in, lengths, compressed -> zstd.open(compressed, Inflation.MAX_WINDOW_LOG));
    }

    private static Sizes sizes(EncryptionParameters parameters, KeyForm form, SealStamp stamp) {
        boolean seeded = form == KeyForm.SEEDED;
        return new Sizes(parameters.polyModulusDegree(), parameters.coeffModulus().length, seeded, stamp.major());
    }
}
