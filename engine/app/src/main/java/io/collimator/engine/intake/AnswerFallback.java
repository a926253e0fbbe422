package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.engine.config.ApplicationEntity.Fallback;
import io.collimator.engine.peers.CharacterSetFallbacks;
import io.collimator.workflow.usecase.RecordTransliteration.Transliterated;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What becomes of the answers to one request that the peer's character set does not hold. For one thread. */
final class AnswerFallback {

    private final AeTitle peer;
    private final SpecificCharacterSet set;
    private final Fallback fallback;
    private final CharacterSetFallbacks told;
    private final Consumer<Transliterated> marks;
    private final NotHeld asUtf8 = new NotHeld();
    private final NotHeld transliterated = new NotHeld();

    /** Values that the set does not hold. */
    private static final class NotHeld {
        private final Set<String> attributes = new LinkedHashSet<>();
        private int number;

        private void add(Collection<Tag> tags) {
            tags.forEach(tag -> attributes.add(keyword(tag)));
            number += tags.size();
        }
    }

    /** @param marks told of each answer that is transliterated */
    AnswerFallback(AeTitle peer, PeerText text, CharacterSetFallbacks told, Consumer<Transliterated> marks) {
        this.peer = peer;
        this.set = text.set();
        this.fallback = text.fallback();
        this.told = told;
        this.marks = marks;
    }

    /**
     * What a peer reads.
     *
     * @param fallback for text that the set does not hold
     */
    record PeerText(SpecificCharacterSet set, Fallback fallback) {}

    /**
     * The answer with Specific Character Set as its text needs, transliterated where the peer wants it.
     *
     * @param entry that it was made of, whole
     */
    DataSet declared(DataSet answer, Supplier<DataSet> entry) {
        DataSet declared = SpecificCharacterSet.declareFor(answer, set);
        boolean isHeld = !declared.contains(Tags.SpecificCharacterSet)
                || !SpecificCharacterSet.UTF_8.terms().equals(declared.texts(Tags.SpecificCharacterSet))
                || set.equals(SpecificCharacterSet.UTF_8);
        return isHeld ? declared : fallenBack(declared, entry);
    }

    private DataSet fallenBack(DataSet asUtf8Declared, Supplier<DataSet> entry) {
        List<Tag> tags = TransliteratedAnswer.notHeld(asUtf8Declared, set);
        Optional<TransliteratedAnswer> written =
                fallback == Fallback.TRANSLITERATE ? TransliteratedAnswer.of(asUtf8Declared, set) : Optional.empty();
        if (written.isEmpty()) {
            asUtf8.add(tags);
            return asUtf8Declared;
        }
        transliterated.add(tags);
        marks.accept(new Transliterated(
                Transliterated.accessionOf(entry.get()),
                peer,
                how(tags, written.get().leftOut())));
        return SpecificCharacterSet.declareFor(written.get().dataSet(), set);
    }

    private String how(Collection<Tag> tags, Collection<Tag> leftOut) {
        String text = "the worklist entry transliterated, because its character set %s does not hold %s"
                .formatted(set, keywords(tags));
        return leftOut.isEmpty()
                ? text
                : text + "; without the ideographic or phonetic group of %s".formatted(keywords(leftOut));
    }

    private static String keywords(Collection<Tag> tags) {
        return tags.stream().map(AnswerFallback::keyword).distinct().collect(Collectors.joining(", "));
    }

    private static String keyword(Tag tag) {
        return Dictionary.keywordOf(tag).orElse(tag.toString());
    }

    /** To be called after the last answer: counts and warns, once however often it is called. */
    void tell() {
        if (transliterated.number > 0) {
            told.transliterated(peer, values(transliterated));
            transliterated.number = 0;
        }
        if (asUtf8.number > 0) {
            told.sentAsUtf8(peer, values(asUtf8));
            asUtf8.number = 0;
        }
    }

    private CharacterSetFallbacks.Values values(NotHeld notHeld) {
        return new CharacterSetFallbacks.Values(set, notHeld.attributes, notHeld.number);
    }
}
