package dev.keyswitch.api.holder;

import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.evaluationkey.SeenKeys;
import dev.keyswitch.api.preview.LaterKeys;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.holder.Holder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Singleton
final class HolderPreview implements PreviewSubject {

    private final Holders holders;
    private final SeenKeys keys;

    HolderPreview(Holders holders, SeenKeys keys) {
        this.holders = holders;
        this.keys = keys;
    }

    @Override
    public String path() {
        return "holders";
    }

    @Override
    public Class<?> type() {
        return Holder.class;
    }

    @Override
    public Object read(Caller caller, UUID id) {
        return holders.get(caller, new HolderId(id)).value();
    }

    @Override
    public UUID created(Object answer) {
        return ((Holder) answer).id();
    }

    @Override
    public List<LaterKeys> later(Caller caller, @Nullable Object before, Object after) {
        Holder holder = (Holder) after;
        boolean begun = before != null && !Objects.equals(holder.rotation(), ((Holder) before).rotation());
        return begun ? keys.fromFormerRoot(caller.account(), new HolderId(holder.id())) : List.of();
    }
}
