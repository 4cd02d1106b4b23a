package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.contract.event.KeyJob;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LocalPolicyTest {

    private final KeyJob job = Jobs.job(UUID.randomUUID(), 1);

    @Test
    void acceptsAnOrdinaryJob() {
        assertThatCode(() -> LocalPolicy.DEFAULT.require(
                        job, Jobs.claim(job, Jobs.DEPLOYMENT, Jobs.MODEL), Jobs.DEPLOYMENT, Jobs.PROFILE))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherDeployment() {
        assertRefused(LocalPolicy.DEFAULT, UUID.randomUUID(), Jobs.MODEL, "another deployment");
    }

    @Test
    void refusesAClaimForAnotherModelThanAnnounced() {
        assertRefused(LocalPolicy.DEFAULT, Jobs.DEPLOYMENT, UUID.randomUUID(), "another job");
    }

    @Test
    void refusesAModelThatIsNotAllowed() {
        assertRefused(
                new LocalPolicy(Long.MAX_VALUE, 0, Set.of(UUID.randomUUID())), Jobs.DEPLOYMENT, Jobs.MODEL, "no keys for this model");
    }

    @Test
    void refusesAKeyThatIsTooLarge() {
        assertRefused(
                new LocalPolicy(Jobs.PROFILE.layout().sizeBytes() - 1, 0, Set.of()), Jobs.DEPLOYMENT, Jobs.MODEL, "at most");
    }

    private void assertRefused(LocalPolicy policy, UUID deployment, UUID model, String why) {
        assertThatThrownBy(() ->
                        policy.require(job, Jobs.claim(job, deployment, model), Jobs.DEPLOYMENT, Jobs.PROFILE))
                .isInstanceOf(RefusedJobException.class)
                .hasMessageContaining(why);
    }
}
