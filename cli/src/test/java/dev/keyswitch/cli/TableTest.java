package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsTextLeftAndNumbersRight() {
        Table table = new Table("NAME", ">TOKENS", "ID").row("triage", 12, "a").row("fraud detection", 3, "b");

        assertThat(table).hasToString("""
            NAME             TOKENS  ID
            triage               12  a
            fraud detection       3  b
            """);
    }

    @Test
    void countsWideCharactersTwiceAndMarksNotAtAll() {
        Table table = new Table("NAME", "ID").row("病棟七", "a").row("cafe\u0301", "b");

        assertThat(table).hasToString("""
            NAME    ID
            病棟七  a
            cafe\u0301    b
            """);
    }

    @Test
    void showsADashWhereThereIsNothing() {
        assertThat(new Table("MODEL", "ID").row(null, "").toString()).isEqualTo("MODEL  ID\n-      -\n");
    }

    @Test
    void doesNotLetANameMoveTheCursor() {
        assertThat(new Table("NAME").row("a\u001b[2Jb\nc\u202ed").toString()).isEqualTo("NAME\na?[2Jb?c?d\n");
    }
}
