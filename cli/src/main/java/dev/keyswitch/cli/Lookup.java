package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ModelQuery;
import dev.keyswitch.sdk.TokenQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds a model or token by id or by its name, if that is unique.
record Lookup(KeyswitchClient client) {
    private static final int PAGE = 200;
    private static final int SHOWN_CANDIDATES = 10;

    Model model(String idOrName) {
        return id(idOrName).map(client.models()::get).orElseGet(() -> {
            ModelQuery query = ModelQuery.everything().q(idOrName).limit(PAGE);
            return single(
                    "model",
                    idOrName,
                    client.models().all(query),
                    Model::name,
                    model -> model.id().toString());
        });
    }

    Token token(String idOrName) {
        return id(idOrName).map(client.tokens()::get).orElseGet(() -> {
            TokenQuery query = TokenQuery.everything().q(idOrName).limit(PAGE);
            return single("token", idOrName, client.tokens().all(query), Token::name, Lookup::describe);
        });
    }

    Holder holder(String idOrName) {
        return id(idOrName).map(client.holders()::get).orElseGet(() -> single(
                "key holder",
                idOrName,
                client.holders().list().stream(),
                Holder::name,
                holder -> holder.id().toString()));
    }

    /// For the deployment's administrator.
    Account account(String idOrSlug) {
        return client.accounts().list().stream()
                .filter(account -> account.slug().equals(idOrSlug.strip())
                        || account.id().toString().equalsIgnoreCase(idOrSlug.strip()))
                .findFirst()
                .orElseThrow(() -> CommandException.refused("There is no account '" + idOrSlug + "'."));
    }

    /// An id as the argument `what` must be one.
    static UUID requiredId(String what, String text) {
        return id(text).orElseThrow(() -> CommandException.usage("'" + text + "' is not the id of " + what + "."));
    }

    /// Only the full form: `UUID.fromString` also takes `1-1-1-1-1`, which may well be a name.
    private static Optional<UUID> id(String text) {
        return text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static String describe(Token token) {
        String model = token.modelName() == null ? "unassigned" : "assigned to " + token.modelName();
        return token.id() + "  " + model + ", created " + token.createdAt();
    }

    private static <T> T single(
            String what,
            String name,
            Stream<T> containing,
            Function<T, String> nameOf,
            Function<T, String> description) {
        String wanted = name.strip();
        List<T> found =
                containing.filter(item -> nameOf.apply(item).equals(wanted)).toList();
        if (found.isEmpty()) {
            throw CommandException.refused("There is no %s with the name '%s'.".formatted(what, wanted));
        }
        if (found.size() > 1) {
            List<String> ids =
                    found.stream().limit(SHOWN_CANDIDATES).map(description).toList();
            throw CommandException.usage(
                    "%d %ss have the name '%s'. Say which by its id:".formatted(found.size(), what, wanted), ids);
        }
        return found.getFirst();
    }
}
