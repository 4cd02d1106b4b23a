package dev.keyswitch.console.model;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.KeyForm;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.Scheme;
import dev.keyswitch.contract.model.SealStamp;
import dev.keyswitch.sdk.ProblemException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The form that adds a model: texts as they were typed, and what they mean.
///
/// @param values by field name, as typed
/// @param request what to send; null if some text has no meaning
/// @param problems the texts that have no meaning
public record ModelForm(Map<String, String> values, @Nullable CreateModel request, FieldProblems problems) {

    private static final String PROFILE = "/encryptionProfile";

    private static final Map<String, String> FIELD_OF = Map.ofEntries(
            Map.entry("/name", "name"),
            Map.entry("/description", "description"),
            Map.entry("/encryptionProfile/scheme", "scheme"),
            Map.entry("/encryptionProfile/polyModulusDegree", "degree"),
            Map.entry("/encryptionProfile/coeffModulusBits", "primes"),
            Map.entry("/encryptionProfile/coeffModulus", "primes"),
            Map.entry("/encryptionProfile/plainModulusBits", "plain"),
            Map.entry("/encryptionProfile/plainModulus", "plain"),
            Map.entry("/encryptionProfile/rotations", "steps"),
            Map.entry("/encryptionProfile/relinearization", "relinearization"),
            Map.entry("/encryptionProfile/keyForm", "keyForm"),
            Map.entry("/encryptionProfile/sealStamp", "sealStamp"));

    private static final Map<String, String> PROFILE_FIELD_OF = FIELD_OF.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(PROFILE + "/"))
            .collect(Collectors.toUnmodifiableMap(
                    entry -> entry.getKey().substring(PROFILE.length()), Map.Entry::getValue));

    private static final Set<String> PROFILE_FIELDS = Set.of(
            "scheme", "degree", "primes", "plain", "rotations", "steps", "relinearization", "keyForm", "sealStamp");

    /// Profiles that people begin with.
    public enum Preset {
        CKKS_8192("CKKS 8192", "CKKS", 8192, "60, 40, 40, 60", ""),
        CKKS_16384("CKKS 16384", "CKKS", 16384, "60, 40, 40, 40, 40, 40, 40, 60", ""),
        BFV_4096("BFV 4096", "BFV", 4096, "36, 36, 37", "20"),
        BFV_8192("BFV 8192", "BFV", 8192, "43, 43, 44, 44, 44", "20");

        private final String label;
        private final String scheme;
        private final int degree;
        private final String primes;
        private final String plain;

        Preset(String label, String scheme, int degree, String primes, String plain) {
            this.label = label;
            this.scheme = scheme;
            this.degree = degree;
            this.primes = primes;
            this.plain = plain;
        }

        public String label() {
            return label;
        }

        public String scheme() {
            return scheme;
        }

        public int degree() {
            return degree;
        }

        public String primes() {
            return primes;
        }

        public String plain() {
            return plain;
        }
    }

    /// The form as it is shown first.
    static ModelForm fresh() {
        Preset preset = Preset.CKKS_8192;
        return new ModelForm(
                Map.of(
                        "scheme", preset.scheme(),
                        "degree", String.valueOf(preset.degree()),
                        "primes", preset.primes(),
                        "plain", "20",
                        "rotations", "NONE",
                        "relinearization", "on",
                        "keyForm", "SEEDED",
                        "sealStamp", "3.7"),
                null,
                FieldProblems.none());
    }

    /// A form that begins with a resolved profile.
    static ModelForm of(EncryptionProfile profile) {
        ProfileFacts facts = new ProfileFacts(profile);
        Rotations rotations = profile.rotations() == null ? Rotations.none() : profile.rotations();
        Map<String, String> values = new HashMap<>();
        values.put("scheme", String.valueOf(profile.scheme()));
        values.put("degree", String.valueOf(profile.polyModulusDegree()));
        values.put(
                "primes", facts.primeBits().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        values.put("plain", facts.plainBits());
        values.put("rotations", rotations instanceof Rotations.Steps ? "STEPS" : String.valueOf(rotations.json()));
        if (rotations instanceof Rotations.Steps some) {
            values.put(
                    "steps", some.steps().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        if (facts.relinearizes()) {
            values.put("relinearization", "on");
        }
        values.put("keyForm", facts.seeded() ? "SEEDED" : "PLAIN");
        values.put("sealStamp", facts.sealStamp());
        return new ModelForm(values, null, FieldProblems.none());
    }

    static ModelForm of(Form form) {
        Reader reader = new Reader(form);
        Scheme scheme = reader.one("scheme", Scheme::valueOf);
        EncryptionProfile profile = new EncryptionProfile(
                scheme,
                reader.number("degree"),
                reader.numbers("primes"),
                null,
                scheme == Scheme.CKKS ? null : reader.number("plain"),
                null,
                reader.rotations(),
                form.checked("relinearization"),
                reader.one("keyForm", KeyForm::valueOf),
                reader.one("sealStamp", SealStamp::ofText),
                null,
                null);
        CreateModel request = new CreateModel(form.text("name"), form.text("description"), profile);
        FieldProblems problems = new FieldProblems(reader.wrong, null, null);
        return new ModelForm(form.fields(), problems.isEmpty() ? request : null, problems);
    }

    /// A refusal of the API, told at the fields.
    static FieldProblems problems(ProblemException refusal) {
        if (refusal.problem().errors().isEmpty() && "model-name-taken".equals(refusal.problem().code())) {
            return FieldProblems.of("name", refusal.problem().detail());
        }
        return FieldProblems.of(refusal, FIELD_OF);
    }

    /// The same for a profile that is sent by itself.
    static FieldProblems profileProblems(ProblemException refusal) {
        return FieldProblems.of(refusal, PROFILE_FIELD_OF);
    }

    /// What describes the profile, of whatever else was sent.
    Map<String, String> profileValues() {
        return values.entrySet().stream()
                .filter(entry -> PROFILE_FIELDS.contains(entry.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// A field as typed; empty if it was not sent.
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    public boolean is(String field, String value) {
        return value(field).equals(value);
    }

    public boolean checked(String field) {
        return values.containsKey(field);
    }

    /// Reads fields, and notes those that have no meaning.
    private static final class Reader {
        private final Form form;
        private final Map<String, String> wrong = new HashMap<>();

        Reader(Form form) {
            this.form = form;
        }

        <T> @Nullable T one(String field, Function<String, T> meaning) {
            try {
                return meaning.apply(form.text(field).toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                wrong.put(field, "Choose one of the values offered.");
                return null;
            }
        }

        @Nullable Integer number(String field) {
            try {
                return Integer.valueOf(form.text(field));
            } catch (NumberFormatException e) {
                wrong.put(field, "Enter a whole number.");
                return null;
            }
        }

        @Nullable List<Integer> numbers(String field) {
            try {
                return Arrays.stream(form.text(field).split("[\\s,;]+"))
                        .filter(text -> !text.isEmpty())
                        .map(Integer::valueOf)
                        .toList();
            } catch (NumberFormatException e) {
                wrong.put(field, "Enter whole numbers with commas between them.");
                return null;
            }
        }

        @Nullable Rotations rotations() {
            return switch (form.text("rotations")) {
                case "NONE" -> Rotations.none();
                case "ALL" -> Rotations.all();
                case "STEPS" -> steps();
                default -> {
                    wrong.put("steps", "Choose which rotations the model needs.");
                    yield null;
                }
            };
        }

        private @Nullable Rotations steps() {
            List<Integer> steps = numbers("steps");
            if (steps != null && steps.isEmpty()) {
                wrong.put("steps", "Enter at least one step, for example 1, -1, 8.");
            }
            return steps == null || steps.isEmpty() ? null : new Rotations.Steps(steps);
        }
    }
}
