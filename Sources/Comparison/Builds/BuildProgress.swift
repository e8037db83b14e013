/// How far a build is.
package struct BuildProgress: Sendable {
    /// The revision that is built, as it was written.
    package let revision: String
    /// What the compiler does, in its own words: `[12/80] Compiling Kernels`; empty before it says anything.
    package let step: String
    /// Since the build began.
    package let seconds: Double
    /// The file with all that the build writes.
    package let log: String
}

/// Whoever waits for builds.
package struct BuildListener {
    /// Hears of what begins and ends.
    package let note: (String) -> Void
    /// Hears about once a second how far a build is.
    package let progress: (BuildProgress) -> Void

    package init(note: @escaping (String) -> Void, progress: @escaping (BuildProgress) -> Void) {
        self.note = note
        self.progress = progress
    }
}
