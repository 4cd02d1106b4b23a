package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.access.Self;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.sdk.Peer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holders, credentials, accounts, and what a token says of itself.
class AdministrationCommandsIT {
    private static final Instant MORNING = Instant.parse("2026-11-23T09:05:07Z");
    private static final UUID ACCOUNT = UUID.fromString("0199a000-0000-7000-8000-000000000041");

    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void listsAndShowsKeyHolders() {
        peer.on("GET /v1/holders", Samples.page(holder("ward", null), holder("lab", "ab".repeat(32))));

        assertThat(cli.run("holders", "list").out()).isEqualTo("""
            NAME  DEFAULT  ROOT KEY             CREATED           ID
            ward  yes      -                    2026-11-23 09:05  0199a000-0000-7000-8000-00000000000a
            lab   yes      abababababababab...  2026-11-23 09:05  0199a000-0000-7000-8000-00000000000a
            """);
        assertThat(cli.run("holders", "get", "ward").out()).contains("root fingerprint  not told yet");
        assertThat(cli.run("holders", "get", "nobody").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void tellsTheFingerprintOfARootKeyAndNeverTheKey(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("root.key");
        String fingerprint;
        try (RootKey root = RootKey.generate(new SecureRandom())) {
            root.write(file);
            fingerprint = root.fingerprint();
        }
        peer.on("POST /v1/holders", Samples.answer(holder("lab", fingerprint)))
                .on("GET /v1/holders/" + Samples.HOLDER, Samples.answer(holder("lab", null)))
                .on("PATCH /v1/holders/" + Samples.HOLDER, Samples.answer(holder("lab", fingerprint)));

        Cli.Run created = cli.run("holders", "create", "lab", "--root-key", file.toString());
        Cli.Run updated = cli.run("holders", "update", Samples.HOLDER.toString(), "--root-fingerprint", fingerprint);

        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(updated.exitCode()).as(updated.err()).isZero();
        assertThat(peer.received()).filteredOn(request -> !request.method().equals("GET"))
                .extracting(Peer.Received::text)
                .containsExactly(
                        "{\"name\":\"lab\",\"rootFingerprint\":\"" + fingerprint + "\"}",
                        "{\"rootFingerprint\":\"" + fingerprint + "\"}");
        assertThat(cli.run("holders", "update", Samples.HOLDER.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void showsTheValueOfACredentialOnce() {
        peer.on("GET /v1/models", Samples.page(Samples.triage()))
                .on("POST /v1/credentials", Samples.answer(credential("ksm_shownOnce")))
                .on("GET /v1/credentials", Samples.page(credential(null)))
                .on("DELETE /v1/credentials/" + Samples.KEY, Peer.status(204, java.util.Map.of()));

        Cli.Run created = cli.run("credentials", "create", "gate", "--role", "gateway", "--model", "triage");
        Cli.Run listed = cli.run("credentials", "list");

        assertThat(created.out()).endsWith("\nThis is the credential's value. It is shown now and never again:\n\nksm_shownOnce\n");
        assertThat(peer.received().get(1).text())
                .isEqualTo("{\"name\":\"gate\",\"role\":\"GATEWAY\",\"modelIds\":[\"" + Samples.MODEL + "\"]}");
        assertThat(listed.out()).contains("gate  GATEWAY  ...once").doesNotContain("ksm_");
        assertThat(cli.run("credentials", "revoke", Samples.KEY.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("credentials", "revoke", Samples.KEY.toString(), "--yes").out()).startsWith("Revoked");
    }

    @Test
    void changesTheOwnAccount() {
        peer.on("GET /v1/account", Samples.answer(account(null))).on("PATCH /v1/account", Samples.answer(account(null)));

        assertThat(cli.run("account", "get").out()).contains("slug               acme", "token lifetime     30 days");
        cli.run("account", "update", "--token-lifetime-days", "60");

        assertThat(peer.received().getLast().text()).isEqualTo("{\"tokenLifetimeDays\":60}");
        assertThat(cli.run("account", "update").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void createsListsAndSuspendsAccounts() {
        peer.on("POST /v1/accounts", Samples.answer(new CreatedAccount(account(null), credential("ksm_shownOnce"))))
                .on("GET /v1/accounts", Samples.page(account(null)))
                .on("POST /v1/accounts/" + ACCOUNT + "/suspend", Samples.answer(account(MORNING)))
                .on("POST /v1/accounts/" + ACCOUNT + "/resume", Samples.answer(account(null)));

        assertThat(cli.run("accounts", "create", "acme").out()).endsWith("never again:\n\nksm_shownOnce\n");
        assertThat(cli.run("accounts", "list").out()).contains("acme  Acme  ACTIVE");
        assertThat(cli.run("accounts", "suspend", "acme").out()).contains("SUSPENDED");
        assertThat(cli.run("accounts", "resume", ACCOUNT.toString()).out()).contains("ACTIVE");
        assertThat(cli.run("accounts", "suspend", "nobody").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void asksWithTheValueOfATokenAndNoCredential() {
        peer.on("GET /v1/self", Samples.answer(self(true, null)), Samples.answer(self(false, Introspection.Reason.TOKEN_EXPIRED)));
        Cli bare = Cli.bare(Path.of("/nonexistent")).with("KEYSWITCH_URL", peer.url().toString());

        Cli.Run without = bare.run("self");
        Cli.Run may = bare.with("KEYSWITCH_TOKEN", "kst_valueOfTheToken").run("self");
        Cli.Run mayNot = bare.with("KEYSWITCH_TOKEN", "kst_valueOfTheToken").run("self");

        assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(may.exitCode()).as(may.err()).isZero();
        assertThat(may.out()).contains("may query      yes").doesNotContain("kst_");
        assertThat(peer.received().getFirst().header("Authorization")).isEqualTo("Bearer kst_valueOfTheToken");
        assertThat(mayNot.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(mayNot.out()).contains("no: ");
    }

    private static Holder holder(String name, @Nullable String fingerprint) {
        return new Holder(Samples.HOLDER, name, fingerprint, true, MORNING, null);
    }

    private static Credential credential(@Nullable String value) {
        return new Credential(Samples.KEY, "gate", Role.GATEWAY, null, null, "once", MORNING, null, value);
    }

    private static Account account(@Nullable Instant suspendedAt) {
        return new Account(ACCOUNT, "acme", "Acme", Samples.DEPLOYMENT, Samples.HOLDER, 30, MORNING, suspendedAt);
    }

    private static Self self(boolean active, Introspection.@Nullable Reason reason) {
        return new Self(
                active,
                reason,
                Samples.DEPLOYMENT,
                Samples.TOKEN,
                "ward 7",
                TokenStatus.ACTIVE,
                MORNING,
                Samples.HOLDER,
                Samples.MODEL,
                "triage",
                3L,
                null,
                null);
    }
}
