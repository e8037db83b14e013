/// The progress of a build.
package struct BuildProgress: Sendable {
    /// The revision being built, as the user wrote it.
    package let revision: String
    /// The compiler's latest step in its own words: `[12/80] Compiling Kernels`; empty before the first.
    package let step: String
    /// Seconds since the build began.
    package let seconds: Double
    /// The file with the full output of the build.
    package let log: String
}

/// Receives the progress of builds.
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
