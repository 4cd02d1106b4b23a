package dev.keyswitch.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine;

/// The commands of one kind of thing. picocli reads a command's annotations slowly, so a run loads those of the group
/// it uses, and knows of the others only what the help of the root command shows.
@SuppressWarnings("ImmutableEnumChecker") // the suppliers answer constants
enum Group {
    MODELS(
            "models",
            "Models and their encryption profiles.",
            () -> List.of(
                    ModelsCreate.class,
                    ModelsList.class,
                    ModelsGet.class,
                    ModelsUpdate.class,
                    ModelsSetProfile.class,
                    ModelsActivate.class,
                    ModelsDeactivate.class,
                    ModelsDelete.class,
                    ModelsEncryptionParameters.class)),
    TOKENS(
            "tokens",
            "User access tokens and their assignment to models.",
            () -> List.of(
                    TokensCreate.class,
                    TokensList.class,
                    TokensGet.class,
                    TokensAssign.class,
                    TokensReassign.class,
                    TokensUnassign.class,
                    TokensUpdate.class,
                    TokensSuspend.class,
                    TokensResume.class,
                    TokensCancel.class,
                    TokensReinstate.class,
                    TokensRoll.class,
                    TokensDelete.class)),
    EVALUATION_KEYS(
            "evaluation-keys",
            "Evaluation keys: public key material that lets a model compute on a token's ciphertexts.",
            () -> List.of(
                    EvaluationKeysList.class,
                    EvaluationKeysGet.class,
                    EvaluationKeysDownload.class,
                    EvaluationKeysGenerate.class,
                    EvaluationKeysRetry.class)),
    AUDIT("audit", "The audit trail: who changed what, when.", () -> List.of(AuditList.class)),
    EVENTS("events", "What happens in the account, as it happens.", () -> List.of(EventsFollow.class)),
    HOLDERS(
            "holders",
            "Key holders: the sides that own the data and the secret keys.",
            () -> List.of(HoldersCreate.class, HoldersList.class, HoldersGet.class, HoldersUpdate.class)),
    CREDENTIALS(
            "credentials",
            "Management credentials of the account, with their roles.",
            () -> List.of(CredentialsCreate.class, CredentialsList.class, CredentialsRevoke.class)),
    ACCOUNT("account", "The own account and its settings.", () -> List.of(AccountGet.class, AccountUpdate.class)),
    ACCOUNTS(
            "accounts",
            "Accounts of the deployment, for its administrator.",
            () -> List.of(AccountsCreate.class, AccountsList.class, AccountsSuspend.class, AccountsResume.class)),
    HOLDER(
            "holder",
            "The key holder's root key: key files for its own SEAL program, rotation.",
            () -> List.of(HolderSecretKey.class, HolderPublicKey.class, HolderRotateRootKey.class));

    private final String command;
    private final String description;
    private final Supplier<List<Class<?>>> members;

    Group(String command, String description, Supplier<List<Class<?>>> members) {
        this.command = command;
        this.description = description;
        this.members = members;
    }

    /// Adds all groups to the root command.
    static void addTo(CommandLine root, IFactory factory, List<String> args) {
        boolean all = args.contains("generate-completion") || args.contains("help");
        for (Group group : values()) {
            root.addSubcommand(group.command, group.load(factory, all || args.contains(group.command)));
        }
    }

    private CommandLine load(IFactory factory, boolean members) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        CommandLine loaded = new CommandLine(spec, factory);
        if (members) {
            spec.mixinStandardHelpOptions(true);
            this.members.get().forEach(loaded::addSubcommand);
        }
        return loaded;
    }
}
