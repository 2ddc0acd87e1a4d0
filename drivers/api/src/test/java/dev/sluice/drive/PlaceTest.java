// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.Place.Relation;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Place HERE = new Place("alpha", "m1", "boot1", "pid:[1]");

    @Test
    void aProcessOfThisContainerIsOfTheSamePlace() {
        assertEquals(Relation.SAME, Place.here().relationTo(Place.here()));
        assertEquals(Relation.SAME, HERE.relationTo(Place.UNKNOWN));
    }

    @Test
    void aContainerOnTheSameKernelIsAnotherNamespace() {
        Place container = new Place("c0ffee", "-", "boot1", "pid:[2]");

        assertEquals(Relation.OTHER_NAMESPACE, HERE.relationTo(container));
    }

    @Test
    void theSameHostWithAnotherBootWasStartedAgain() {
        assertEquals(
                Relation.REBOOTED, HERE.relationTo(new Place("alpha", "m1", "boot0", "pid:[1]")));
    }

    @Test
    void anotherNameOrMachineIsAnotherHost() {
        assertEquals(
                Relation.OTHER_HOST, HERE.relationTo(new Place("beta", "m1", "boot2", "pid:[1]")));
        assertEquals(
                Relation.OTHER_HOST, HERE.relationTo(new Place("alpha", "m2", "boot2", "pid:[1]")));
    }

    @Test
    void aNameAloneDoesNotTellThatAHostWasStartedAgain() {
        Place container = new Place("sluice-0", "-", "boot1", "pid:[1]");
        Place twin = new Place("sluice-0", "-", "boot2", "pid:[1]");

        assertEquals(Relation.OTHER_HOST, container.relationTo(twin));
    }

    @Test
    void aPlaceIsReadAsItWasWritten() {
        assertEquals(HERE, Place.read(HERE.text()));
        assertEquals(Place.UNKNOWN, Place.read("somewhere"));
    }
}
