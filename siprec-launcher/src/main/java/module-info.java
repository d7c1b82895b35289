/** The server as a program: settings, health over HTTP, a test call. */
module io.siprec.launcher {
    requires io.siprec.server;
    requires io.siprec.testkit;
    requires info.picocli;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.databind;
    requires jdk.httpserver;
    requires org.slf4j;

    opens io.siprec.launcher to
            info.picocli;
}
