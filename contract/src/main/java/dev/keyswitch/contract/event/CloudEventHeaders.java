package dev.keyswitch.contract.event;

/// Names of the Kafka headers of an event (CloudEvents 1.0, Kafka binding, binary content mode). Values are UTF-8.
public final class CloudEventHeaders {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    /// Where the event stands among those of its account: a decimal number that only rises in the order of publication. An
    /// event that is published once more, after a crash, has its old id and a new position.
    public static final String POSITION = "ce_position";
    /// W3C trace context of the request that caused the event.
    public static final String TRACE_PARENT = "ce_traceparent";
    public static final String CONTENT_TYPE = "content-type";

    private CloudEventHeaders() {}
}
