// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One field of a cron expression: plain numbers or names, ranges, steps and lists of them.
 *
 * @param names of the numbers from the smallest on; empty when there are none
 */
record CronField(String name, int smallest, int largest, List<String> names) {
    private static final Pattern ITEM = Pattern.compile(
            "(\\*|[0-9]{1,4}|[A-Z]{3})?(?:-([0-9]{1,4}|[A-Z]{3}))?(?:/([0-9]{1,4}))?");

    CronField {
        requireNonNull(name, "name is null");
        names = List.copyOf(names);
    }

    /** What is out of range. */
    Optional<String> mistake(String text) {
        for (String item : items(text)) {
            Matcher parts = ITEM.matcher(item);
            if (parts.matches()) {
                for (int part = 1; part <= 2; part++) {
                    Optional<Integer> number = number(parts.group(part));
                    if (number.filter(this::isOutside).isPresent()) {
                        return Optional.of("a number from " + smallest + " to " + largest
                                + " for the " + name + " and not " + number.get());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** All numbers meant; none where the field says more than numbers. */
    SortedSet<Integer> values(String text) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String item : items(text)) {
            Matcher parts = ITEM.matcher(item);
            if (item.isEmpty() || !parts.matches() || !add(parts, values)) {
                return new TreeSet<>();
            }
        }
        return values;
    }

    private boolean add(Matcher parts, SortedSet<Integer> values) {
        boolean isAll = parts.group(1) == null || parts.group(1).equals("*");
        Optional<Integer> from = isAll ? Optional.of(smallest) : number(parts.group(1));
        boolean isOne = !isAll && parts.group(2) == null && parts.group(3) == null;
        Optional<Integer> to = parts.group(2) == null
                ? isOne ? from : Optional.of(largest)
                : number(parts.group(2));
        int step = number(parts.group(3)).orElse(1);
        if (from.isEmpty() || to.isEmpty() || step < 1) {
            return false;
        }
        int end = to.get() < from.get() ? to.get() + span() : to.get();
        for (int value = from.get(); value <= end; value += step) {
            values.add(value > largest ? value - span() : value);
        }
        return true;
    }

    private int span() {
        return largest - smallest + 1;
    }

    private boolean isOutside(int number) {
        return number < smallest || number > largest;
    }

    private Optional<Integer> number(String text) {
        if (text == null || text.equals("*")) {
            return Optional.empty();
        }
        if (Character.isDigit(text.charAt(0))) {
            return Optional.of(Integer.valueOf(text));
        }
        int index = names.indexOf(text);
        return index < 0 ? Optional.empty() : Optional.of(smallest + index);
    }

    private static String[] items(String text) {
        return text.toUpperCase(Locale.ROOT).split(",", -1);
    }
}
