package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Many operations on tokens, each a change of its own: one that is refused undoes no other, and the rest goes on.
///
/// Sent in pieces, as many as it takes. Each piece has a name, made from the key of the whole: after a cut it is sent again, and what
/// was done already is answered again and not done again. With a key of the caller's own, the same holds for another process that
/// runs the same operations again.
public final class Bulk {
    private static final String NDJSON = "application/x-ndjson";
    private static final int LINES_A_PIECE = 500;
    private static final int CHARACTERS_A_PIECE = 256 << 10;

    private final Wire wire;
    private final String key;
    private final boolean dryRun;

    Bulk(Wire wire, String key, boolean dryRun) {
        this.wire = wire;
        this.key = key;
        this.dryRun = dryRun;
    }

    /// Answers what each line would do by itself, and changes nothing: a line does not see what those before it would have done, and
    /// no value is shown.
    public Bulk dryRun() {
        return new Bulk(wire, key, true);
    }

    /// Under this key instead of a random one: what was done under it in the last 24 hours is not done again.
    ///
    /// @param own a secret of at least 128 random bits, at most 200 characters
    public Bulk key(String own) {
        return new Bulk(wire, own, dryRun);
    }

    /// The key in use, to go on under it later.
    public String key() {
        return key;
    }

    /// Does the operations in their order, and hands every answer to `handler`, in the same order.
    ///
    /// @throws ProblemException if the whole call is refused, for example because the role may not do it
    public void run(Iterable<BulkLine> operations, Consumer<BulkAnswer> handler) {
        Iterator<BulkLine> all = operations.iterator();
        lines(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public String next() {
                        return written(all.next());
                    }
                },
                handler);
    }

    /// The answers as a list; for as many operations as fit in memory.
    public List<BulkAnswer> run(Iterable<BulkLine> operations) {
        List<BulkAnswer> answers = new ArrayList<>();
        run(operations, answers::add);
        return answers;
    }

    /// The same for lines that are written already, one JSON object each. They are read as they are sent. A line that is wrong is
    /// answered as such; empty ones count and are not answered.
    public void lines(Iterator<String> lines, Consumer<BulkAnswer> handler) {
        int first = 0;
        String carried = null;
        for (int piece = 0; carried != null || lines.hasNext(); piece++) {
            List<String> next = new ArrayList<>();
            int characters = 0;
            while (next.size() < LINES_A_PIECE && (carried != null || lines.hasNext())) {
                String line = carried != null ? carried : oneLine(lines.next());
                carried = null;
                if (!next.isEmpty() && characters + line.length() > CHARACTERS_A_PIECE) {
                    carried = line;
                    break;
                }
                next.add(line);
                characters += line.length();
            }
            new Piece(next, first, key + "-" + piece, handler).send();
            first += next.size();
        }
    }

    private static String oneLine(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line cannot contain a line feed");
        }
        return line;
    }

    private String written(BulkLine line) {
        try {
            return wire.json().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body of " + line.operation() + " cannot be written as JSON", e);
        }
    }

    /// What goes in one call.
    private final class Piece {
        private final List<String> lines;
        private final int first;
        private final String name;
        private final Consumer<BulkAnswer> handler;
        /// Number within the piece of the last line whose answer was handed on.
        private int handed;

        /// @param first how many lines come before it
        private Piece(List<String> lines, int first, String name, Consumer<BulkAnswer> handler) {
            this.lines = lines;
            this.first = first;
            this.name = name;
            this.handler = handler;
        }

        private void send() {
            int last = last();
            for (int failures = 1; handed < last; failures++) {
                int before = handed;
                Call call = wire.call("POST", dryRun ? "/v1/bulk?dryRun=true" : "/v1/bulk")
                        .body(NDJSON, BodyPublishers.ofString(String.join("\n", lines)))
                        .header("Accept", NDJSON + ", application/problem+json")
                        .once(name)
                        .asStreamed();
                IOException cut = tryOnce(call);
                if (handed == last) {
                    return;
                }
                failures = handed > before ? 1 : failures;
                if (failures > wire.policy().maxRetries() || Thread.currentThread().isInterrupted()) {
                    throw new ConnectionException(
                            "The answer was cut off after line " + (first + handed),
                            call.requestId(),
                            true,
                            cut == null ? new IOException("the answer ended early") : cut);
                }
                wire.policy().sleep(wire.policy().pause(failures), call.requestId());
            }
        }

        private int last() {
            int last = lines.size();
            while (last > 0 && lines.get(last - 1).isBlank()) {
                last--;
            }
            return last;
        }

        /// @return what cut it off; null if the answer came to its end
        private @Nullable IOException tryOnce(Call call) {
            try (InputStream body = wire.send(call).body()) {
                LineReader reader = new LineReader(body);
                for (String line = reader.next(); line != null; line = reader.next()) {
                    BulkAnswer answer = wire.json().readValue(line, BulkAnswer.class);
                    if (isStillWorkedOn(answer)) {
                        return null;
                    }
                    hand(answer);
                }
                return null;
            } catch (IOException e) {
                return e;
            }
        }

        /// By the call before this one, which the server has not given up yet.
        private static boolean isStillWorkedOn(BulkAnswer answer) {
            return answer.problem() != null
                    && ProblemCode.IDEMPOTENCY_IN_PROGRESS.code().equals(answer.problem().code());
        }

        private void hand(BulkAnswer answer) {
            if (answer.line() > handed) {
                handed = answer.line();
                handler.accept(new BulkAnswer(
                        first + answer.line(),
                        answer.status(),
                        answer.etag(),
                        answer.token(),
                        answer.problem(),
                        answer.replayed()));
            }
        }
    }
}
