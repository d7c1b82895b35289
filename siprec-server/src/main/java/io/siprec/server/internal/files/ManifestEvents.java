package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.rtp.EventList;
import io.siprec.rtp.TelephoneEvent;

/** The telephone events of a stream in the manifest. */
final class ManifestEvents {
    private ManifestEvents() {}

    static void write(ObjectNode stream, EventList events) {
        if (events.listed().isEmpty()) {
            return;
        }
        ArrayNode array = stream.putArray("events");
        events.listed().forEach(event -> write(array.addObject(), event));
        if (events.unlisted() > 0) {
            stream.put("eventsUnlisted", events.unlisted());
        }
    }

    /** Where keys are masked, where and how long they were is all there is to tell. */
    private static void write(ObjectNode node, TelephoneEvent event) {
        event.code().ifPresent(code -> node.put("code", code));
        if (!event.key().isEmpty()) {
            node.put("key", event.key());
        }
        node.put("offsetMs", event.offset().toMillis());
        node.put("durationMs", event.duration().toMillis());
        node.put("endSeen", event.endSeen());
    }
}
