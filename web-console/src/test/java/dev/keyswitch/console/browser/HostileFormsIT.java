package dev.keyswitch.console.browser;

import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.TokenQuery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// What no page of the console sends: it is refused, changes nothing, and never breaks anything.
class HostileFormsIT extends BrowserIT {

    /// Everything that a form could have changed.
    private record Everything(List<Token> tokens, List<Model> models, List<UUID> credentials, List<Holder> holders) {}

    @Test
    void nonsenseIsRefusedAndNeverAnErrorAndChangesNothing() {
        Model model = model(unique("Solid"));
        Token token = owner().tokens().assign(token(unique("solid")).id(), model.id());
        Holder holder = owner().holders().create(new CreateHolder(unique("Solid holder"), "a1".repeat(32)));
        Credential credential = owner().credentials().create(new CreateCredential(unique("solid"), Role.VIEWER, null));
        String tokenPath = "/tokens/" + token.id();
        String modelPath = "/models/" + model.id();
        String holderPath = "/access/holders/" + holder.id();
        String unconfirmed = "scheme=CKKS&degree=4096&primes=36,36,37&relinearization=on&rotations=ALL&keyForm=SEEDED&sealStamp=3.7";
        signIn();
        Everything before = everything();
        SoftAssertions softly = new SoftAssertions();

        for (String form : List.of(
                "/tokens name=x&days=30&modelId=nonsense",
                "/tokens name=x&days=custom&customDays=99999999999",
                "/tokens name=x&days=nonsense",
                tokenPath + "/edit name=x&custody=NONSENSE&tag=nonsense",
                tokenPath + "/edit name=x&holderId=nonsense",
                tokenPath + "/edit name=x&tag=nonsense",
                tokenPath + "/renew until=nonsense",
                tokenPath + "/renew until=%2B999999999-12-31T23:59:59Z",
                tokenPath + "/renew days=custom&customDays=2147483647",
                tokenPath + "/renew days=custom&customDays=nonsense",
                tokenPath + "/roll graceHours=nonsense",
                tokenPath + "/roll graceHours=-5",
                tokenPath + "/roll graceHours=5",
                tokenPath + "/cancel-move modelId=nonsense",
                tokenPath + "/reassign modelId=nonsense",
                tokenPath + "/reassign modelId=" + UUID.randomUUID() + "&from=nonsense",
                tokenPath + "/assign modelId=nonsense",
                tokenPath + "/remove modelId=" + UUID.randomUUID(),
                tokenPath + "/nonsense a=b",
                "/tokens/bulk do=nonsense&tokens=" + token.id(),
                "/tokens/bulk do=assign&tokens=nonsense&modelId=" + model.id(),
                "/tokens/bulk do=assign&tokens=" + token.id() + "&modelId=" + UUID.randomUUID(),
                "/tokens/bulk do=assign&tokens=" + token.id() + "&modelId=nonsense",
                "/tokens/bulk do=renew&tokens=" + token.id() + "&days=custom&customDays=99999",
                "/tokens/bulk do=renew&tokens=" + token.id() + "&days=custom&customDays=nonsense",
                "/models name=x&scheme=ROT13&degree=7&primes=a",
                modelPath + "/encryption-profile scheme=CKKS&degree=8192&primes=1,2,99999999999&rotations=NONE&keyForm=SEEDED&sealStamp=3.7",
                modelPath + "/encryption-profile confirmed=true&scheme=CKKS&degree=8192&primes=1,2&rotations=STEPS&steps=a&keyForm=x&sealStamp=9",
                modelPath + "/encryption-profile confirmed=true&scheme=CKKS&degree=8192&primes=60,60,60,60&rotations=NONE&keyForm=SEEDED&sealStamp=3.7",
                modelPath + "/encryption-profile " + unconfirmed,
                modelPath + "/edit name=&tag=nonsense",
                "/access/credentials name=x&role=ADMIN",
                "/access/credentials name=x&role=NONSENSE",
                "/access/credentials name=x&role=AGENT&holderId=nonsense",
                "/access/credentials name=x&role=GATEWAY&modelId=nonsense",
                "/access/credentials/" + UUID.randomUUID() + "/revoke a=b",
                "/access/credentials/" + UUID.randomUUID() + "/roll present=keep",
                "/access/credentials/" + credential.id() + "/roll present=nonsense",
                "/access/credentials/" + credential.id() + "/roll a=b",
                "/access/holders name=",
                "/access/holders name=x&rootFingerprint=nonsense",
                holderPath + "/edit name=x&tag=nonsense",
                holderPath + "/edit rootFingerprint=" + "c3".repeat(32),
                holderPath + "/rotate-root-key rootFingerprint=nonsense&tag=nonsense",
                holderPath + "/rotate-root-key rootFingerprint=" + "c3".repeat(32) + "&tag=nonsense",
                "/access/holders/" + UUID.randomUUID() + "/edit name=x",
                "/evaluation-keys/" + UUID.randomUUID() + "/retry a=b")) {
            String[] parts = form.split(" ", 2);
            softly.assertThat(post(parts[0], parts[1])).as(form).isBetween(200, 499);
            Everything after = everything();
            softly.assertThat(after).as(form + " changes nothing").isEqualTo(before);
            before = after;
        }

        for (String address : List.of(
                "/tokens/nonsense",
                "/tokens?cursor=nonsense&expires=9&sort=x&status=NONSENSE&model=nonsense",
                "/tokens?key=NONSENSE&show=nonsense",
                tokenPath + "/reassign?modelId=nonsense",
                tokenPath + "/reassign?modelId=" + UUID.randomUUID(),
                tokenPath + "/cancel-move",
                "/tokens/bulk?do=suspend&token=nonsense",
                "/tokens/bulk?do=suspend&token=" + UUID.randomUUID(),
                "/tokens/bulk?do=assign&token=" + token.id() + "&modelId=" + UUID.randomUUID(),
                "/tokens/bulk?do=renew&token=" + token.id() + "&days=nonsense",
                "/tokens/bulk?do=nonsense",
                "/models?cursor=nonsense&status=NONSENSE",
                "/models/nonsense/activity",
                "/models/" + UUID.randomUUID() + "/evaluation-keys",
                "/evaluation-keys?state=NONSENSE&cursor=nonsense",
                "/evaluation-keys?state=READY&cursor=nonsense",
                "/activity?from=0000-00-00&to=9999-12-31&token=nonsense",
                "/activity?from=-0001-01-01",
                "/activity?from=%2B999999999-12-31",
                "/activity?cursor=nonsense&action=nonsense",
                "/activity/export.csv?to=9999-12-31",
                "/access/credentials/new?role=NONSENSE&holderId=nonsense",
                "/access/credentials/" + UUID.randomUUID() + "/revoke",
                "/access/credentials/" + UUID.randomUUID() + "/roll",
                "/access/holders/nonsense",
                "/access/holders/" + UUID.randomUUID(),
                holderPath + "/rotate-root-key?rootFingerprint=nonsense",
                "/access/holders/" + owner().holders().create(new CreateHolder(unique("No root key"), null)).id()
                        + "/rotate-root-key?rootFingerprint=" + "c3".repeat(32))) {
            softly.assertThat(get(address)).as(address).isBetween(200, 499);
        }
        softly.assertAll();
    }

    private Everything everything() {
        return new Everything(
                owner().tokens().all(TokenQuery.everything()).toList(),
                owner().listModels(),
                owner().credentials().list().stream().map(Credential::id).toList(),
                owner().holders().list());
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
