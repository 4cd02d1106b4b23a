package dev.keyswitch.api.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Overview;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OverviewIT extends ApiIT {

    @Test
    void countsModelsTokensAndEvaluationKeys() {
        TestClient owner = account("overview-counted");
        UUID model = Samples.model(owner, "counted").id();
        UUID inactive = Samples.model(owner, "switched off").id();
        owner.post("/v1/models/" + inactive + "/deactivate", "");
        Samples.token(owner, "free");
        Token soon = owner.post("/v1/tokens", new CreateToken("soon", null, 3, null, null, null, null)).as(201, Token.class);
        Token over = Samples.token(owner, "over");
        execute("update token set expires_at = now() - interval '1 day' where id = '" + over.id() + "'");
        Token ready = Samples.assign(owner, Samples.token(owner, "ready").id(), model);
        execute("update evaluation_key set state = 'READY', ready_at = now() where token_id = '" + ready.id() + "'");
        Token early = Samples.assign(owner, Samples.token(owner, "ready since yesterday").id(), model);
        execute("update evaluation_key set state = 'READY', ready_at = now() - interval '1 day' where token_id = '" + early.id() + "'");
        Token failed = Samples.assign(owner, Samples.token(owner, "failed").id(), model);
        execute("update evaluation_key set state = 'FAILED' where token_id = '" + failed.id() + "'");
        Token waits = Samples.assign(owner, Samples.token(owner, "waits").id(), model);
        Token forAPerson = owner.post("/v1/tokens", new CreateToken("by hand", null, 30, null, model, Custody.HOLDER, null))
                .as(201, Token.class);
        execute("update evaluation_key set requested_at = now() - interval '1 hour' where token_id = '" + forAPerson.id() + "'");
        Samples.assign(owner, soon.id(), model);
        Token deleted = Samples.token(owner, "deleted");
        owner.delete("/v1/tokens/" + deleted.id());

        Overview overview = owner.get("/v1/overview").as(200, Overview.class);

        assertThat(overview.models()).isEqualTo(new Overview.Models(1, 1));
        assertThat(overview.tokens()).isEqualTo(new Overview.Tokens(8, 1, 0, 0, 1, 1));
        Instant asked = Objects.requireNonNull(waits.evaluationKey()).requestedAt();
        assertThat(overview.evaluationKeys()).isEqualTo(new Overview.Keys(3, 0, 1, 1, asked));
    }

    @Test
    void ofAnotherAccountNothingIsCounted() {
        Samples.token(owner(), "not theirs");

        assertThat(account("overview-other").get("/v1/overview").as(200, Overview.class))
                .isEqualTo(new Overview(
                        new Overview.Models(0, 0),
                        new Overview.Tokens(0, 0, 0, 0, 0, 0),
                        new Overview.Keys(0, 0, 0, 0, null)));
    }

    @Test
    void isForPeople() {
        String gateway = Samples.credential(owner(), Role.GATEWAY, null);

        assertThat(with(gateway).get("/v1/overview").status()).isEqualTo(403);
    }

    private TestClient account(String slug) {
        CreatedAccount created = admin().post("/v1/accounts", new CreateAccount(slug, null)).as(201, CreatedAccount.class);
        return with(Objects.requireNonNull(created.ownerCredential().value()));
    }
}
