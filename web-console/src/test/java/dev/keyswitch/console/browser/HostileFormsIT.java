package dev.keyswitch.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What no page of the console sends: it is refused, and never breaks anything.
class HostileFormsIT extends BrowserIT {

    @Test
    void nonsenseIsRefusedAndNeverAnError() {
        Model model = model(unique("Solid"));
        Token token = owner().tokens().assign(token(unique("solid")).id(), model.id());
        String tokenPath = "/tokens/" + token.id();
        String modelPath = "/models/" + model.id();
        signIn();

        for (String form : List.of(
                "/tokens name=x&days=30&modelId=nonsense",
                "/tokens name=x&days=custom&customDays=99999999999",
                tokenPath + "/edit name=x&custody=NONSENSE&tag=nonsense",
                tokenPath + "/edit name=x&holderId=nonsense",
                tokenPath + "/renew until=nonsense",
                tokenPath + "/renew until=%2B999999999-12-31T23:59:59Z",
                tokenPath + "/renew days=custom&customDays=2147483647",
                tokenPath + "/roll graceHours=nonsense",
                tokenPath + "/roll graceHours=-5",
                tokenPath + "/cancel-move modelId=nonsense",
                tokenPath + "/reassign modelId=nonsense",
                tokenPath + "/assign modelId=nonsense",
                tokenPath + "/nonsense a=b",
                "/tokens/bulk do=nonsense&tokens=" + token.id(),
                "/tokens/bulk do=assign&tokens=nonsense&modelId=" + model.id(),
                "/tokens/bulk do=assign&tokens=" + token.id() + "&modelId=" + UUID.randomUUID(),
                "/tokens/bulk do=renew&tokens=" + token.id() + "&days=custom&customDays=99999",
                "/models name=x&scheme=ROT13&degree=7&primes=a",
                modelPath + "/encryption-profile scheme=CKKS&degree=8192&primes=1,2,99999999999&rotations=NONE&keyForm=SEEDED&sealStamp=3.7",
                modelPath + "/edit name=&tag=nonsense",
                "/access/credentials name=x&role=ADMIN",
                "/access/credentials name=x&role=AGENT&holderId=nonsense",
                "/access/credentials name=x&role=GATEWAY&modelId=nonsense",
                "/access/credentials/" + UUID.randomUUID() + "/revoke a=b",
                "/evaluation-keys/" + UUID.randomUUID() + "/retry a=b")) {
            String[] parts = form.split(" ", 2);
            assertThat(post(parts[0], parts[1])).as(form).isBetween(200, 499);
        }
        assertThat(owner().tokens().get(token.id()).valueHint()).isEqualTo(token.valueHint());

        for (String address : List.of(
                "/tokens/nonsense",
                "/tokens?cursor=nonsense&expires=9&sort=x&status=NONSENSE&model=nonsense",
                "/tokens/bulk?do=suspend&token=nonsense",
                "/tokens/bulk?do=nonsense",
                "/models?cursor=nonsense",
                "/models/nonsense/activity",
                "/models/" + UUID.randomUUID() + "/evaluation-keys",
                "/evaluation-keys?state=READY&cursor=nonsense",
                "/activity?from=0000-00-00&to=9999-12-31&token=nonsense",
                "/activity?from=-0001-01-01",
                "/activity?cursor=nonsense",
                "/activity/export.csv?to=9999-12-31",
                "/access/credentials/" + UUID.randomUUID() + "/revoke")) {
            assertThat(get(address)).as(address).isBetween(200, 499);
        }
    }

    private int get(String address) {
        return ((Number) page().evaluate("async address => (await fetch(address)).status", address)).intValue();
    }

    private int post(String path, String fields) {
        return ((Number) page().evaluate("""
                async ({path, fields}) => (await fetch(path, {
                  method: 'POST',
                  body: new URLSearchParams(fields + '&csrf=' + document.querySelector('[name=csrf]').value),
                })).status
                """, Map.of("path", path, "fields", fields))).intValue();
    }
}
