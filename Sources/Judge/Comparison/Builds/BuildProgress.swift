/// How far a build is.
package struct BuildProgress: Sendable {
    /// The revision that is built, as it was written.
    package let revision: String
    /// What the compiler does, in its own words: `[12/80] Compiling Kernels`; empty before it says anything.
    package let step: String
    /// Seconds since the build began.
    package let seconds: Double
    /// The file with all that the build writes.
    package let log: String
}

/// Told how builds go.
package struct BuildListener {
    /// Called when something begins or ends.
    package let note: (String) -> Void
    /// Called about once per second with the progress of a build.
    package let progress: (BuildProgress) -> Void

    package init(note: @escaping (String) -> Void, progress: @escaping (BuildProgress) -> Void) {
        self.note = note
        self.progress = progress
    }
}
