package dev.keyswitch.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityExportTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|plain",
                "a,b|\"a,b\"",
                "say \"x\"|\"say \"\"x\"\"\"",
                "=SUM(A1)|'=SUM(A1)",
                "+1|'+1",
                "-1|'-1",
                "@x|'@x",
                "=a,b|\"'=a,b\""
            })
    void noCellIsReadAsAFormulaOrAsTwo(String value, String cell) {
        assertThat(ActivityExport.cell(value)).isEqualTo(cell);
    }

    @Test
    void whatIsNotThereIsAnEmptyCell() {
        assertThat(ActivityExport.cell(null)).isEmpty();
    }
}
