package dev.keyswitch.api.token;

import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.evaluationkey.SeenKeys;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.preview.SeenKey;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.token.Token;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

@Singleton
final class TokenPreview implements PreviewSubject {

    private final Tokens tokens;
    private final SeenKeys keys;

    TokenPreview(Tokens tokens, SeenKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    @Override
    public String path() {
        return "tokens";
    }

    @Override
    public Class<?> type() {
        return Token.class;
    }

    @Override
    public Object read(Caller caller, UUID id) {
        return tokens.get(caller, new TokenId(id)).value();
    }

    @Override
    public UUID created(Object answer) {
        return ((Token) answer).id();
    }

    @Override
    public List<SeenKey> keys(Caller caller, UUID id) {
        return keys.of(caller.account(), new TokenId(id));
    }
}
