package dev.keyswitch.api.holder;

import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.holder.Holder;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
final class HolderPreview implements PreviewSubject {

    private final Holders holders;

    HolderPreview(Holders holders) {
        this.holders = holders;
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
}
