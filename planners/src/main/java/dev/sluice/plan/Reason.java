// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

/** Why something happens, waits or is refused: one word, the same in journal, log, plan and page. */
public enum Reason {
    InSync,
    FirstStart,
    SpecChanged,
    Suspending,
    Resuming,
    Removing,
    Recovering,
    Staging,
    SavepointInProgress,
    SavepointFailed,
    WaitingForTerminal,
    Starting,
    Soaking,
    Stable,
    ClusterUnknown,
    DuplicateRunning,
    StateUnknown,
    StateTooOld,
    ExternallyStopped,
    CrashLoop,
    StartFailed,
    RestoredPathDiffers,
    UnmanagedSameName,
    OwnedByOther,
    SpecInvalid,
    NeedsAllowance,
    WaitingForTurn,
    WaitingForWindow,
    WaitingForDependency,
    MassChange,
    Finished
}
