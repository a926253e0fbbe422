package io.collimator.engine.cli;

/** Something on the command line has a form that it may not have; ends with exit code 2. */
final class WrongUsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUsageException(String message) {
        super(message);
    }
}
