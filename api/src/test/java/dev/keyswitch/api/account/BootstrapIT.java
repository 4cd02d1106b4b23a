package dev.keyswitch.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.contract.account.Whoami;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BootstrapIT extends ApiIT {

    @Test
    void writesCredentialsForTheirOwnerAlone() throws Exception {
        for (String file : List.of("owner.credential", "admin.credential")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(file)))).isEqualTo("rw-------");
        }
        try (var files = Files.list(folder())) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("owner.credential.new");
        }
    }

    @Test
    void changesNothingAtTheNextStart() throws Exception {
        Whoami before = owner().get("/v1/whoami").as(200, Whoami.class);
        long credentials = this.<Long>value("select count(*) from credential");

        ApiServer.start(configuration()).close();

        assertThat(owner().get("/v1/whoami").as(200, Whoami.class)).isEqualTo(before);
        assertThat(this.<Long>value("select count(*) from credential")).isEqualTo(credentials);
        assertThat(this.<Long>value("select count(*) from account")).isEqualTo(1);
        assertThat(this.<Long>value("select count(*) from deployment")).isEqualTo(1);
    }

    /// A crash between writing the file and committing the row.
    @Test
    void storesACredentialThatIsOnDiskButNotInTheDatabase() {
        execute("delete from credential where role = 'OWNER'");
        owner().get("/v1/whoami").problem(401, "unauthenticated");

        ApiServer.start(configuration()).close();

        assertThat(owner().get("/v1/whoami").status()).isEqualTo(200);
    }

    @Test
    void beginsOnceWhenSeveralNodesStartAtOnce() throws Exception {
        ApiConfiguration c = configuration();
        ApiConfiguration fresh = new ApiConfiguration(
                c.host(), 0, c.databaseUrl(), c.databaseUser(), c.databasePassword(), c.kafka(), c.store(),
                folder().resolve("second/admin.credential"), folder().resolve("second/owner.credential"), "second-account");
        Callable<ApiServer> start = () -> ApiServer.start(fresh);

        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            for (Future<ApiServer> node : nodes.invokeAll(List.of(start, start, start))) {
                node.resultNow().close();
            }
        }

        assertThat(this.<Long>value("select count(*) from account where slug = 'second-account'")).isEqualTo(1);
        assertThat(this.<Long>value("""
                select count(*) from credential c join account a on a.id = c.account_id where a.slug = 'second-account'
                """)).isEqualTo(1);
        assertThat(with(Files.readString(folder().resolve("second/owner.credential")).strip())
                        .get("/v1/whoami").as(200, Whoami.class).accountSlug())
                .isEqualTo("second-account");
    }
}
