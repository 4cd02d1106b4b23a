package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.internal.ring.GaloisElements;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;

/// The writing of one evaluation key from its first byte to its last; the components come from [Components], in order.
final class EvaluationKeyRun {
    private final KeyProfile profile;
    private final Components components;
    private final WireWriter out;
    private final ProgressListener progress;
    private final EvaluationKeyLayout layout;
    private final KeyFormat format;
    private final int componentsPerKey;
    private int done;

    EvaluationKeyRun(KeyProfile profile, Components components, WireWriter out, ProgressListener progress) {
        this.profile = profile;
        this.components = components;
        this.out = out;
        this.progress = progress;
        layout = profile.layout();
        format = new KeyFormat(profile.sizes(), profile.parameters().parmsId().bytes());
        componentsPerKey = profile.parameters().decompositionCount();
    }

    void run() throws IOException {
        for (Part part : layout.parts()) {
            switch (part.kind()) {
                case RELINEARIZATION -> relinearization(part.length());
                case ROTATION -> rotation(part.length());
            }
        }
    }

    private void relinearization(long size) throws IOException {
        format.keysStart(out, size, 1);
        key();
    }

    /// One slot per odd number below twice the degree; those without a key are empty.
    private void rotation(long size) throws IOException {
        int slots = profile.parameters().polyModulusDegree();
        format.keysStart(out, size, slots);
        int slot = 0;
        for (int element : profile.galoisElements()) {
            slot = emptySlots(slot, GaloisElements.slot(element));
            key();
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

    private void key() throws IOException {
        out.word(componentsPerKey);
        for (int index = 0; index < componentsPerKey; index++) {
            components.writeNext(out);
            progress.onProgress(++done, layout.components());
        }
    }
}
