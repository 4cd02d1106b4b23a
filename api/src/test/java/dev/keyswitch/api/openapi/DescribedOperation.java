package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.contract.account.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An operation as the OpenAPI document describes it.
///
/// @param path with its variables in braces
record DescribedOperation(String method, String path, JsonNode facts) {

    /// All of them, in the order of the document.
    static List<DescribedOperation> allOf(JsonNode document) {
        List<DescribedOperation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> operations.add(
                new DescribedOperation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return List.copyOf(operations);
    }

    /// The one that answers this method at this path, if any does. A slash at the end is none.
    static Optional<DescribedOperation> at(List<DescribedOperation> operations, String method, String path) {
        String asked = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return operations.stream()
                .filter(operation -> operation.method.equals(method)
                        && Pattern.matches(operation.path.replaceAll("\\{[^}]*}", "[^/]+"), asked))
                .findFirst();
    }

    boolean isFor(Role role) {
        return roles().contains(role.name());
    }

    List<String> roles() {
        return StreamSupport.stream(facts.get("x-roles").spliterator(), false).map(JsonNode::asText).toList();
    }

    /// Opened by the value of a token instead.
    boolean isForTokens() {
        return facts.get("x-roles").isEmpty();
    }

    /// Accounts are foreign to nobody who administers them.
    boolean isAcrossAccounts() {
        return path.startsWith("/v1/accounts");
    }

    /// What the path names first: tokens, models and so on.
    String kind() {
        return path.split("/")[2];
    }

    /// Null if it takes no body.
    @Nullable String bodyType() {
        JsonNode content = facts.path("requestBody").path("content");
        return content.isMissingNode() ? null : content.fieldNames().next();
    }

    JsonNode body() {
        return facts.path("requestBody").path("content").path(String.valueOf(bodyType()));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
