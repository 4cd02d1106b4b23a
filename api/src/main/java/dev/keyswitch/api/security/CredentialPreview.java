package dev.keyswitch.api.security;

import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.contract.account.Credential;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
final class CredentialPreview implements PreviewSubject {

    private final CredentialService credentials;

    CredentialPreview(CredentialService credentials) {
        this.credentials = credentials;
    }

    @Override
    public String path() {
        return "credentials";
    }

    @Override
    public Class<?> type() {
        return Credential.class;
    }

    @Override
    public Object read(Caller caller, UUID id) {
        return credentials.get(caller, new CredentialId(id));
    }

    @Override
    public UUID created(Object answer) {
        return ((Credential) answer).id();
    }
}
