package io.collimator.engine.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.mapping.MappingSet;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.usecase.RenameAuthorities;
import io.collimator.workflow.usecase.RenameAuthorities.Renamed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which patients a changed table of authorities renames, makes one, or no longer finds. Holds patient data.
 *
 * @param parted patients under an authority that messages call otherwise from then on
 * @param conflicts accession numbers of two orders that would become one
 */
record AuthorityEffects(List<Renamed> renamed, List<Parted> parted, List<AccessionNumber> conflicts) {

    static final AuthorityEffects NONE = new AuthorityEffects(List.of(), List.of(), List.of());

    /** More is counted and not listed: nobody reads it. */
    private static final int MAX_LISTED = 200;

    AuthorityEffects {
        renamed = List.copyOf(renamed);
        parted = List.copyOf(parted);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * What messages that name an authority will no longer find.
     *
     * @param sender "" for every sender
     */
    record Parted(AssigningAuthority called, String sender, AssigningAuthority before, List<PatientId> patients) {

        Parted {
            patients = List.copyOf(patients);
        }
    }

    static AuthorityEffects of(RenameAuthorities stored, MappingSet running, MappingSet candidate) {
        RenameAuthorities.Effects effects = stored.foresee(candidate::authority);
        Set<String> known = stored.stored();
        List<Parted> parted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Stream.concat(running.calledAuthorities().stream(), candidate.calledAuthorities().stream())
                .filter(row -> seen.add(row.called() + " " + row.sender()))
                .forEach(row -> {
                    AssigningAuthority before = running.authority(row.called(), row.sender());
                    AssigningAuthority after = candidate.authority(row.called(), row.sender());
                    boolean isFound =
                            after.key().equals(candidate.authority(before).key());
                    if (!isFound && known.contains(before.key())) {
                        parted.add(new Parted(row.called(), row.sender(), before, stored.patientsOf(before)));
                    }
                });
        return new AuthorityEffects(effects.renamed(), parted, effects.conflicts());
    }

    /** As the API tells it. */
    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("renamed", renamed.size());
        json.put("joined", renamed.stream().filter(Renamed::joins).count());
        ArrayNode patients = json.putArray("patients");
        renamed.stream()
                .limit(MAX_LISTED)
                .forEach(patient -> patients.addObject()
                        .put("id", patient.from().id())
                        .put("before", patient.from().issuerOrEmpty())
                        .put("after", patient.to().issuerOrEmpty())
                        .put("joins", patient.joins()));
        ArrayNode lost = json.putArray("parted");
        parted.forEach(one -> {
            ObjectNode part = lost.addObject()
                    .put("called", one.called().toString())
                    .put("sender", one.sender())
                    .put("before", one.before().toString())
                    .put("count", one.patients().size());
            ArrayNode ids = part.putArray("patients");
            one.patients().stream().limit(MAX_LISTED).forEach(patient -> ids.add(patient.id()));
        });
        return json;
    }

    /** Without numbers of patients. */
    @Override
    public String toString() {
        return "AuthorityEffects[%d renamed, %d parted]".formatted(renamed.size(), parted.size());
    }
}
