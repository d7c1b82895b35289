package io.siprec.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionStoresTest {
    @Test
    void theStoreInMemoryIsFoundByItsName() throws StoreSettingsException {
        SessionStoreFactory memory = SessionStores.factories().get("memory");

        assertThat(memory.open(Map.of())).isInstanceOf(InMemorySessionStore.class);
    }

    @Test
    void aSettingThatNobodyMayReadIsNamedWithoutItsValue() {
        StoreSettingsException fault = new StoreSettingsException(List.of(
                new StoreSettingsException.Fault("X_PORT", "many", "not a port; use a number"),
                new StoreSettingsException.Fault("X_PASSWORD", "", "has a line end; leave it out")));

        assertThat(fault).hasMessage("X_PORT=many: not a port; use a number; X_PASSWORD: has a line end; leave it out");
    }
}
