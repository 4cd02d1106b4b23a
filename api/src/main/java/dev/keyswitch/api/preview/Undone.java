package dev.keyswitch.api.preview;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/// Does something to the database and undoes it: what was answered meanwhile is what would happen, decided by the code that would do it.
@Singleton
public final class Undone {

    private final TransactionOperations<Connection> transactions;

    Undone(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    /// @param work its own transactions join the one that is rolled back
    public <T> T run(Supplier<T> work) {
        return transactions.executeWrite(transaction -> {
            try {
                return work.get();
            } finally {
                transaction.setRollbackOnly();
            }
        });
    }
}
