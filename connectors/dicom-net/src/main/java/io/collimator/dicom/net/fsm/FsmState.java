package io.collimator.dicom.net.fsm;

import java.util.Locale;

/** States of an association (PS3.8 Tables 9-1 to 9-5). */
public enum FsmState {
    STA1("idle"),
    STA2("transport open, awaiting A-ASSOCIATE-RQ"),
    STA3("awaiting local A-ASSOCIATE response"),
    STA4("awaiting transport connection"),
    STA5("awaiting A-ASSOCIATE-AC or -RJ"),
    STA6("established"),
    STA7("awaiting A-RELEASE-RP"),
    STA8("awaiting local A-RELEASE response"),
    STA9("release collision, requestor: awaiting local A-RELEASE response"),
    STA10("release collision, acceptor: awaiting A-RELEASE-RP"),
    STA11("release collision, requestor: awaiting A-RELEASE-RP"),
    STA12("release collision, acceptor: awaiting local A-RELEASE response"),
    STA13("awaiting transport close");

    private final String meaning;

    FsmState(String meaning) {
        this.meaning = meaning;
    }

    /** The name that the standard gives it, for instance {@code Sta6}. */
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label() + " (" + meaning + ")";
    }
}
