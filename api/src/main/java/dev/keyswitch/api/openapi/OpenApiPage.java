package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/// The description as one page of HTML: no script, nothing from elsewhere.
final class OpenApiPage {

    static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --accent: #0a7d6a; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .25rem; border-top: 1px solid var(--line); padding-top: 1rem; }
            code, pre { font: 13px/1.45 ui-monospace, monospace; } pre { overflow: auto; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; }
            .method { color: var(--accent); font-weight: 600; display: inline-block; min-width: 4.5rem; }
            table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
            p { margin: .25rem 0; }
            """;

    private final StringBuilder html = new StringBuilder();

    private OpenApiPage() {}

    static String of(JsonNode document) {
        OpenApiPage page = new OpenApiPage();
        page.html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Keyswitch API</title>")
                .append("<link rel=\"stylesheet\" href=\"/openapi/page.css\"></head><body><main><h1>Keyswitch API</h1>");
        page.paragraph(document.path("info").path("description").asText());
        page.html.append("<p><a href=\"/openapi\">The same for programs (OpenAPI 3.1)</a></p>");
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> page.operation(path.getKey(), operation)));
        page.html.append("<h2 id=\"schemas\">Shapes</h2>");
        document.path("components").path("schemas").properties().forEach(page::schema);
        return page.html.append("</main></body></html>\n").toString();
    }

    private void operation(String path, Map.Entry<String, JsonNode> operation) {
        JsonNode facts = operation.getValue();
        html.append("<h2 id=\"").append(escaped(facts.get("operationId").asText())).append("\"><span class=\"method\">")
                .append(escaped(operation.getKey().toUpperCase(Locale.ROOT))).append("</span> <code>").append(escaped(path)).append("</code></h2>");
        paragraph(facts.get("summary").asText());
        paragraph(facts.get("description").asText());
        if (facts.has("parameters")) {
            html.append("<table><thead><tr><th scope=\"col\">parameter</th><th scope=\"col\">in</th><th scope=\"col\"></th></tr></thead><tbody>");
            facts.get("parameters").forEach(parameter -> html.append("<tr><td><code>").append(escaped(parameter.get("name").asText()))
                    .append("</code></td><td>").append(escaped(parameter.get("in").asText())).append("</td><td>")
                    .append(escaped(parameter.path("description").asText())).append("</td></tr>"));
            html.append("</tbody></table>");
        }
        facts.path("requestBody").path("content").properties().forEach(content -> {
            paragraph("Body: " + content.getKey() + " " + name(content.getValue().path("schema")));
            if (content.getValue().has("example")) {
                html.append("<pre>").append(escaped(content.getValue().get("example").toPrettyString())).append("</pre>");
            }
        });
        facts.path("responses").properties().stream().filter(response -> !response.getKey().endsWith("XX")).forEach(response -> paragraph(
                "Answer " + response.getKey() + ": " + response.getValue().path("description").asText() + " "
                        + name(response.getValue().path("content").path("application/json").path("schema"))));
    }

    private void schema(Map.Entry<String, JsonNode> schema) {
        html.append("<h2 id=\"schema-").append(escaped(schema.getKey())).append("\"><code>").append(escaped(schema.getKey()))
                .append("</code></h2><pre>").append(escaped(schema.getValue().path("properties").toPrettyString())).append("</pre>");
        if (schema.getValue().has("examples")) {
            html.append("<p>For example:</p><pre>").append(escaped(schema.getValue().at("/examples/0").toPrettyString())).append("</pre>");
        }
    }

    private void paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>");
    }

    private static String name(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
