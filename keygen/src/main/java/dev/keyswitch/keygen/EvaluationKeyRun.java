package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.internal.ring.GaloisElements;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;

/// The writing of one evaluation key from its first byte to its last.
final class EvaluationKeyRun {
    private final SecretKey secretKey;
    private final KeyProfile profile;
    private final ComponentGenerator component;
    private final WireWriter out;
    private final ProgressListener progress;
    private final EvaluationKeyLayout layout;
    private final KeyFormat format;
    private final int componentsPerKey;
    private final long[] targetRow;
    private int done;

    EvaluationKeyRun(
            SecretKey secretKey, KeyProfile profile, ComponentGenerator component, WireWriter out, ProgressListener progress) {
        this.secretKey = secretKey;
        this.profile = profile;
        this.component = component;
        this.out = out;
        this.progress = progress;
        layout = profile.layout();
        format = new KeyFormat(profile.sizes(), profile.parameters().parmsId().bytes());
        componentsPerKey = profile.parameters().decompositionCount();
        targetRow = new long[profile.parameters().polyModulusDegree()];
    }

    void run() throws IOException {
        try {
            for (Part part : layout.parts()) {
                switch (part.kind()) {
                    case RELINEARIZATION -> relinearization(part.length());
                    case ROTATION -> rotation(part.length());
                }
            }
        } finally {
            Arrays.fill(targetRow, 0);
        }
    }

    private void relinearization(long size) throws IOException {
        format.keysStart(out, size, 1);
        key(SwitchingTarget.square(secretKey));
    }

    /// One slot per odd number below twice the degree; those without a key are empty.
    private void rotation(long size) throws IOException {
        int slots = profile.parameters().polyModulusDegree();
        format.keysStart(out, size, slots);
        int slot = 0;
        for (int element : profile.galoisElements()) {
            slot = emptySlots(slot, GaloisElements.slot(element));
            key(SwitchingTarget.image(secretKey, element));
            slot++;
        }
        emptySlots(slot, slots);
    }

    private int emptySlots(int from, int to) throws IOException {
        for (int slot = from; slot < to; slot++) {
            out.word(0);
        }
        return to;
    }

    private void key(SwitchingTarget target) throws IOException {
        out.word(componentsPerKey);
        for (int row = 0; row < componentsPerKey; row++) {
            component.next();
            target.row(row, targetRow);
            component.add(row, targetRow);
            component.write(format, out);
            progress.onProgress(++done, layout.components());
        }
    }
}
