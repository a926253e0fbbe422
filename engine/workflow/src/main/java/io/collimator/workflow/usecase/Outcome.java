package io.collimator.workflow.usecase;

import io.collimator.workflow.usecase.RequestRefusedException.Refusal;

/** What a transaction ended with; a refusal commits too, because its content is kept. */
sealed interface Outcome<T> {

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** The value, or the exception that becomes the answer. */
    T orElseThrow();

    /** Carried out. */
    record Done<T>(T value) implements Outcome<T> {
        @Override
        public T orElseThrow() {
            return value;
        }
    }

    /** Not carried out. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {
        @Override
        public T orElseThrow() {
            throw new RequestRefusedException(refusal);
        }
    }
}
