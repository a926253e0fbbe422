package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a mapping leaves open, seen against some messages. Codes of senders are no patient data; values are not in it.
 *
 * @param messages that were mapped
 * @param refused that were refused
 * @param keysWithoutRule keys of PS3.4 Table K.6-1 that no rule makes, by definition
 * @param rulesNeverHit rules that made nothing, as {@code file:line id}
 * @param rowsNeverHit rows of tables that gave nothing, as {@code file:line code}
 * @param codesWithoutRow codes that the tables do not have, with how often they came, as {@code table field code}
 * @param stationsWithoutPeer AE titles in tables and profiles that the registry does not have
 * @param sendersWithoutProfile MSH-3 and MSH-4 of messages that only the default profile was for
 */
public record MappingCoverage(
        int messages,
        int refused,
        SortedMap<String, List<String>> keysWithoutRule,
        List<String> rulesNeverHit,
        List<String> rowsNeverHit,
        SortedMap<String, Integer> codesWithoutRow,
        List<String> stationsWithoutPeer,
        List<String> sendersWithoutProfile) {

    public MappingCoverage {
        keysWithoutRule = new TreeMap<>(keysWithoutRule);
        rulesNeverHit = List.copyOf(rulesNeverHit);
        rowsNeverHit = List.copyOf(rowsNeverHit);
        codesWithoutRow = new TreeMap<>(codesWithoutRow);
        stationsWithoutPeer = List.copyOf(stationsWithoutPeer);
        sendersWithoutProfile = List.copyOf(sendersWithoutProfile);
    }

    /** The report as a person reads it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d message%s, %d of them refused".formatted(messages, messages == 1 ? "" : "s", refused));
        for (Map.Entry<String, List<String>> keys : keysWithoutRule.entrySet()) {
            section(lines, "Keys that no rule of " + keys.getKey() + " makes", keys.getValue());
        }
        section(lines, "Rules that made nothing", rulesNeverHit);
        section(lines, "Table rows that gave nothing", rowsNeverHit);
        section(
                lines,
                "Codes without a row",
                codesWithoutRow.entrySet().stream()
                        .map(code -> code.getKey() + " · " + code.getValue() + " times")
                        .toList());
        section(lines, "Stations that are no application entity", stationsWithoutPeer);
        section(lines, "Senders without a profile of their own", sendersWithoutProfile);
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> entries) {
        lines.add(title + (entries.isEmpty() ? ": none" : ":"));
        entries.forEach(entry -> lines.add("  " + entry));
    }
}
