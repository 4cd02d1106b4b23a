package dev.keyswitch.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.SealStamp;
import dev.keyswitch.contract.token.CreateToken;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final ObjectMapper json = Json.mapper();

    @Test
    void leavesAbsentFieldsOutOfRequests() throws Exception {
        String written = json.writeValueAsString(new CreateModel(
                "triage", null, EncryptionProfile.ckks(8192, 60, 40, 60).withRotations(Rotations.steps(1, -1))));

        assertThat(written)
                .isEqualTo("{\"name\":\"triage\",\"encryptionProfile\":{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,"
                        + "\"coeffModulusBits\":[60,40,60],\"rotations\":[-1,1]}}");
    }

    @Test
    void writesTimesAsText() throws Exception {
        CreateToken token =
                new CreateToken("ward 7", null, null, Instant.parse("2026-12-01T00:00:00Z"), null, null, null);

        assertThat(json.writeValueAsString(token))
                .isEqualTo("{\"name\":\"ward 7\",\"expiresAt\":\"2026-12-01T00:00:00Z\"}");
    }

    @Test
    void ignoresFieldsOfANewerServer() throws Exception {
        Model model = json.readValue(Samples.model("triage"), Model.class);

        assertThat(model.name()).isEqualTo("triage");
        assertThat(model.encryptionProfile().rotations()).isEqualTo(Rotations.steps(-1, 1));
        assertThat(model.encryptionProfile().sealStamp()).isEqualTo(SealStamp.V3_7);
    }
}
