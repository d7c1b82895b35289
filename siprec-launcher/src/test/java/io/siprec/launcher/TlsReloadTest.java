package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.transport.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReloadTest {
    private int reloads;
    private boolean broken;

    private void reload() {
        reloads++;
        if (broken) {
            throw new TlsException("x.pem: damaged");
        }
    }

    @Test
    void keysAreReadAgainWhenAFileHasChanged(@TempDir Path folder) throws Exception {
        Path certificate = Files.writeString(folder.resolve("srs.pem"), "one");
        Path key = Files.writeString(folder.resolve("srs.key"), "one");
        SipTlsSettings settings = Settings.of(
                        Map.of("SIP_TLS_CERT", certificate.toString(), "SIP_TLS_KEY", key.toString()), true)
                .tls()
                .orElseThrow();
        try (TlsReload reload = TlsReload.of(settings, this::reload)) {
            reload.poll();
            assertThat(reloads).as("nothing has changed").isZero();

            broken = true;
            Files.writeString(certificate, "the second");
            reload.poll();
            reload.poll();
            assertThat(reloads).as("a fault is told once").isEqualTo(1);

            broken = false;
            Path renewed = Files.writeString(folder.resolve("new"), "the third!");
            Files.move(renewed, certificate, StandardCopyOption.REPLACE_EXISTING);
            reload.poll();
            assertThat(reloads).as("a file put in the place of another").isEqualTo(2);

            Files.delete(key);
            reload.poll();
            assertThat(reloads).as("gone").isEqualTo(3);
        }
    }
}
