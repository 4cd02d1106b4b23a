package dev.keyswitch.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows with aligned columns, as people read them. A column whose title begins with `>` is aligned to the right.
final class Table {
    private static final String GAP = "  ";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = List.of(titles);
    }

    /// @param cells one for each column; null and empty ones become a dash
    Table row(@Nullable Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            String text = cell == null ? "" : Printable.text(cell.toString());
            row.add(text.isEmpty() ? "-" : text);
        }
        rows.add(row);
        return this;
    }

    /// Lines with a line feed after each, without blanks at the end.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, titles.stream().map(Table::withoutMark).toList());
        rows.forEach(row -> append(text, row));
        return text.toString();
    }

    private void append(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(width(column) - Printable.width(cell));
            line.append(isRight(column) ? blanks + cell : cell + blanks).append(GAP);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int widest = Printable.width(withoutMark(titles.get(column)));
        for (List<String> row : rows) {
            widest = Math.max(widest, Printable.width(row.get(column)));
        }
        return widest;
    }

    private boolean isRight(int column) {
        return titles.get(column).startsWith(">");
    }

    private static String withoutMark(String title) {
        return title.startsWith(">") ? title.substring(1) : title;
    }
}
