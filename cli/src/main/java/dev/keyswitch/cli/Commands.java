package dev.keyswitch.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes the commands, and hands the terminal to those whose constructor wants it. picocli makes a command only when
/// it is the one that runs.
final class Commands implements IFactory {
    private final Terminal terminal;
    private final IFactory others = CommandLine.defaultFactory();

    Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Terminal.class) {
                return type.cast(constructor.newInstance(terminal));
            }
        }
        return others.create(type);
    }
}
