package dev.keyswitch.contract.event;

/// Names of the topics of one account. They carry the account's slug so that access can be granted per account.
public final class Topics {

    private Topics() {}

    /// Everything about tokens, their assignments and evaluation keys; record key: token id.
    public static String tokens(String accountSlug) {
        return "keyswitch." + accountSlug + ".tokens";
    }

    /// Everything about models; record key: model id.
    public static String models(String accountSlug) {
        return "keyswitch." + accountSlug + ".models";
    }

    /// The present access decisions, compacted, one partition; record key: see
    /// [dev.keyswitch.contract.access.AccessRecordKeys].
    public static String access(String accountSlug) {
        return "keyswitch." + accountSlug + ".access";
    }

    public static boolean isAccess(String topic) {
        return topic.endsWith(".access");
    }
}
