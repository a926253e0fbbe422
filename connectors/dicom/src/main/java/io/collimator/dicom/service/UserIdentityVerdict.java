package io.collimator.dicom.service;

import java.nio.ByteBuffer;

/** What becomes of a user identity (PS3.7 §D.3.3.7). */
public sealed interface UserIdentityVerdict {

    /** The association goes on, and nothing is said about the identity: we do not judge it. */
    record NotJudged() implements UserIdentityVerdict {}

    /**
     * The identity was verified; the requestor is told so when it asked for a positive response (item 59H).
     *
     * @param response empty for user names; the server ticket of Kerberos, the response of SAML
     */
    record Verified(ByteBuffer response) implements UserIdentityVerdict {

        public Verified {
            response = response.asReadOnlyBuffer();
        }

        /** With the empty response. */
        public Verified() {
            this(ByteBuffer.allocate(0));
        }

        /** Each caller gets a buffer of its own. */
        @Override
        public ByteBuffer response() {
            return response.duplicate();
        }

        /** Without the response, which may be a secret. */
        @Override
        public String toString() {
            return "Verified";
        }
    }

    /**
     * The association is rejected 1/1/1.
     *
     * @param why for the log; names no user
     */
    record Refused(String why) implements UserIdentityVerdict {}
}
