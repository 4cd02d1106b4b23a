package dev.keyswitch.cli;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.KeyForm;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.Scheme;
import dev.keyswitch.contract.model.SealStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// An encryption profile, flag by flag. What is not given is left to the API's defaults.
final class ProfileFlags {
    @Option(names = "--scheme", required = true, paramLabel = "ckks|bfv|bgv", description = "The scheme.")
    private @Nullable Scheme scheme;

    @Option(
            names = "--degree",
            required = true,
            paramLabel = "N",
            description = "Ring degree (poly_modulus_degree), a power of two from 1024 to 32768.")
    private int degree;

    @Option(
            names = "--coeff-modulus-bits",
            required = true,
            split = ",",
            paramLabel = "BITS",
            description = "Sizes of the primes, the special prime last: 60,40,40,60.")
    private List<Integer> coeffModulusBits = new ArrayList<>();

    @Option(
            names = "--plain-modulus-bits",
            paramLabel = "BITS",
            description = "Size of a batching plaintext modulus (BFV and BGV).")
    private @Nullable Integer plainModulusBits;

    @Option(
            names = "--rotations",
            paramLabel = "all|none|STEPS",
            converter = RotationsConverter.class,
            description =
                    "Rotations the model needs: all, none (the default), or steps such as 1,-1,0 (0 is conjugation or"
                            + " row swap).")
    private @Nullable Rotations rotations;

    @Option(
            names = "--no-relinearization",
            description = "The model multiplies no ciphertexts: no relinearisation key.")
    private boolean withoutRelinearization;

    @Option(
            names = "--key-form",
            paramLabel = "seeded|plain",
            description = "Keys with seeds, half the size (seeded, the default), or written out (plain).")
    private @Nullable KeyForm keyForm;

    @Option(
            names = "--seal-stamp",
            paramLabel = "VERSION",
            converter = SealStampConverter.class,
            description = "SEAL version in the headers: 3.7 (the default; every SEAL 4.x reads it), 4.1 or 4.4.")
    private @Nullable SealStamp sealStamp;

    EncryptionProfile profile() {
        return new EncryptionProfile(
                scheme,
                degree,
                coeffModulusBits,
                null,
                plainModulusBits,
                null,
                rotations,
                withoutRelinearization ? false : null,
                keyForm,
                sealStamp,
                null,
                null);
    }

    static final class RotationsConverter implements ITypeConverter<Rotations> {
        @Override
        public Rotations convert(String text) {
            return switch (text.strip().toUpperCase(Locale.ROOT)) {
                case "ALL" -> Rotations.all();
                case "NONE" -> Rotations.none();
                default -> steps(text);
            };
        }

        private static Rotations steps(String text) {
            List<Integer> steps = new ArrayList<>();
            for (String step : text.split(",", -1)) {
                try {
                    steps.add(Integer.valueOf(step.strip()));
                } catch (NumberFormatException notANumber) {
                    throw new TypeConversionException("'" + text + "' is not 'all', 'none' or steps such as 1,-1,0");
                }
            }
            return new Rotations.Steps(steps);
        }
    }

    static final class SealStampConverter implements ITypeConverter<SealStamp> {
        @Override
        public SealStamp convert(String text) {
            try {
                return SealStamp.ofText(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not one of 3.7, 4.1 and 4.4");
            }
        }
    }
}
