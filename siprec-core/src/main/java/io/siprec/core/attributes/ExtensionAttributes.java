package io.siprec.core.attributes;

import io.siprec.core.metadata.Extension;
import io.siprec.core.metadata.RecordingMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the extension data of metadata tells, by the names of elements: vendors change their namespaces more often than the
 * names. What is not in the table stays in the tree.
 */
final class ExtensionAttributes {
    /** By the element's local name, or by its parent's and its own. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("genesysuuid", "genesys-call-uuid"),
            Map.entry("broadworksrecordingmetadata/exttrackingid", "broadworks-tracking-id"),
            Map.entry("broadworksrecordingmetadata/callid", "broadworks-call-id"),
            Map.entry("broadworksrecordingmetadata/userid", "broadworks-user-id"),
            Map.entry("broadworksrecordingmetadata/groupid", "broadworks-group-id"),
            Map.entry("broadworksrecordingmetadata/serviceproviderid", "broadworks-service-provider-id"),
            Map.entry("calldata/callid", "ribbon-call-id"),
            Map.entry("calldata/gcid", "ribbon-gcid"),
            Map.entry("calldata/fromhdr", "ribbon-from"),
            Map.entry("calldata/tohdr", "ribbon-to"),
            Map.entry("callsid", "jambonz-call-sid"),
            Map.entry("recordingid", "jambonz-recording-id"),
            Map.entry("metaswitchrecordingmetadata/recordedparty", "metaswitch-recorded-party"),
            Map.entry("metaswitchrecordingmetadata/calltype", "metaswitch-call-type"),
            Map.entry("metaswitchrecordingmetadata/dialeddigits", "metaswitch-dialled-digits"),
            Map.entry("request-uri", "cs-request-uri"),
            Map.entry("in-realm", "cs-realm"));

    private final HeaderAttributes headers;
    private final CallAttributes.Sink sink;

    /** @param headers for copies of header fields in the extension data */
    ExtensionAttributes(HeaderAttributes headers, CallAttributes.Sink sink) {
        this.headers = headers;
        this.sink = sink;
    }

    void read(RecordingMetadata metadata) {
        walk(metadata.extensions(), "");
        metadata.groups().forEach(one -> walk(one.extensions(), ""));
        metadata.sessions().forEach(one -> {
            // Avaya's session border controller makes the UCID of the call its session id
            UserToUser.ucid(one.id()).ifPresent(ucid -> sink.add("ucid", ucid, "metadata session_id"));
            walk(one.extensions(), "");
        });
        metadata.participants().forEach(one -> walk(one.extensions(), ""));
        metadata.streams().forEach(one -> walk(one.extensions(), ""));
    }

    private void walk(List<Extension> elements, String parent) {
        for (Extension element : elements) {
            String name = element.name().toLowerCase(Locale.ROOT);
            if (name.equals("header") && element.attributes().containsKey("label")) {
                copiedHeader(element);
            } else {
                fact(element, parent, name);
                walk(element.children(), name);
            }
        }
    }

    private void fact(Extension element, String parent, String name) {
        String source = "metadata " + element.name();
        if (name.equals("ucid") || name.equals("avayaucid")) {
            sink.add("ucid", UserToUser.ucid(element.text()).orElse(element.text()), source);
            return;
        }
        String known = NAMES.getOrDefault(parent + '/' + name, NAMES.get(name));
        if (known != null) {
            sink.add(known, element.text(), source);
        }
    }

    /** Oracle's SBC copies header fields of the recorded call: {@code <apkt:header label="Diversion"><value>...}. */
    private void copiedHeader(Extension element) {
        String label = element.attributes().get("label");
        for (Extension child : element.children()) {
            headers.read(new HeaderField(label, child.text()), "metadata header " + label);
        }
    }
}
