package io.collimator.dicom.net.fsm;

import java.util.Locale;

/** Events of an association, in the order of PS3.8 Table 9-10. */
public enum FsmEvent {
    EVT1("local A-ASSOCIATE request"),
    EVT2("transport connected"),
    EVT3("A-ASSOCIATE-AC received"),
    EVT4("A-ASSOCIATE-RJ received"),
    EVT5("transport connection indication"),
    EVT6("A-ASSOCIATE-RQ received"),
    EVT7("local A-ASSOCIATE response: accept"),
    EVT8("local A-ASSOCIATE response: reject"),
    EVT9("local P-DATA request"),
    EVT10("P-DATA-TF received"),
    EVT11("local A-RELEASE request"),
    EVT12("A-RELEASE-RQ received"),
    EVT13("A-RELEASE-RP received"),
    EVT14("local A-RELEASE response"),
    EVT15("local A-ABORT request"),
    EVT16("A-ABORT received"),
    EVT17("transport closed"),
    EVT18("ARTIM expired"),
    EVT19("unrecognized or invalid PDU received");

    private final String meaning;

    FsmEvent(String meaning) {
        this.meaning = meaning;
    }

    /** The name that the standard gives it, for instance {@code Evt12}. */
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label() + " (" + meaning + ")";
    }
}
