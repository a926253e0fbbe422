package io.collimator.acceptance.interoperability;

import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one test method proved, as {@code @Interoperability} recorded it.
 *
 * @param test class and method
 */
record RecordedRow(Service service, Role ours, String peer, Set<Syntax> syntaxes, String test) {

    private static final int FIELDS = 5;

    RecordedRow {
        syntaxes = Set.copyOf(syntaxes);
    }

    static RecordedRow parse(String testClass, String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "The recorded line \"%s\" of %s has %d fields, expected %d; run the tests again."
                            .formatted(line, testClass, fields.length, FIELDS));
        }
        return new RecordedRow(
                Service.valueOf(fields[0]),
                Role.valueOf(fields[1]),
                fields[2],
                Arrays.stream(fields[3].split(" "))
                        .filter(name -> !name.isEmpty())
                        .map(Syntax::valueOf)
                        .collect(Collectors.toSet()),
                testClass + "." + fields[4]);
    }
}
