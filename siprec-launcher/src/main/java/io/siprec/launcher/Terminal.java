package io.siprec.launcher;

import java.io.Console;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /** True when input and output are a terminal, on any version of Java. */
    static boolean present() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before Java 22 a console is a terminal
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
