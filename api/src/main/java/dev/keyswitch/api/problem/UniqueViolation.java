package dev.keyswitch.api.problem;

import java.util.Objects;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/// Two rows that may not both be. Asking before inserting cannot tell, when another caller inserts in between; the index can.
public record UniqueViolation(String constraint) {

    /// Present if `thrown` comes from the violation of this unique constraint or index.
    public static Optional<UniqueViolation> of(String constraint, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql
                    && PSQLState.UNIQUE_VIOLATION.getState().equals(sql.getSQLState())
                    && Optional.ofNullable(sql.getServerErrorMessage())
                            .map(ServerErrorMessage::getConstraint)
                            .filter(name -> Objects.equals(name, constraint))
                            .isPresent()) {
                return Optional.of(new UniqueViolation(constraint));
            }
        }
        return Optional.empty();
    }
}
