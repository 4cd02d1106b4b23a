package dev.keyswitch.api.token;

import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.http.Sort;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.RollToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/v1/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenController {

    private final Tokens tokens;
    private final TokenChanges changes;
    private final TokenRolls rolls;
    private final TokenList list;

    TokenController(Tokens tokens, TokenChanges changes, TokenRolls rolls, TokenList list) {
        this.tokens = tokens;
        this.changes = changes;
        this.rolls = rolls;
        this.list = list;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed({Role.OWNER, Role.OPERATOR})
    HttpResponse<Token> create(Caller caller, @Body CreateToken token) {
        return tokens.create(caller, token).created();
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<Token> list(Caller caller, QueryParameters query) {
        TokenFilter filter = TokenFilter.of(query);
        NamedList.Cut cut = NamedList.Cut.of(query, Sort.OF_EXPIRING);
        query.refuseOthers();
        return list.list(caller, filter, cut);
    }

    @Get("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    HttpResponse<Token> get(Caller caller, TokenId id) {
        return tokens.get(caller, id).ok();
    }

    @Patch(value = "/{id}", consumes = {MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Allowed({Role.OWNER, Role.OPERATOR})
    HttpResponse<Token> change(Caller caller, TokenId id, IfMatch condition, @Body ChangeToken change) {
        return changes.change(caller, id, change, condition).ok();
    }

    @Post("/{id}/roll")
    @Allowed({Role.OWNER, Role.OPERATOR})
    HttpResponse<Token> roll(Caller caller, TokenId id, IfMatch condition, @Body RollToken roll) {
        return rolls.roll(caller, id, roll, condition).ok();
    }

    @Delete("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR})
    HttpResponse<?> delete(Caller caller, TokenId id, IfMatch condition) {
        tokens.delete(caller, id, condition);
        return HttpResponse.noContent();
    }
}
