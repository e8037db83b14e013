import Measurement
import Results

/// What this program was built from, as the build wrote it down.
package struct ProgramSources: Sendable {
    /// Nil if the sources were in no repository.
    package let commit: RunHeader.Commit?
    /// See `SourceTree`.
    package let fingerprint: String

    /// - Parameter commit: the hash; empty if it is not known.
    package init(commit: String, hasChanges: Bool, fingerprint: String) {
        self.commit = commit.isEmpty ? nil : RunHeader.Commit(hash: commit, dirty: hasChanges)
        self.fingerprint = fingerprint
    }

    /// Who this program is, for the headers of run files.
    package struct Identity: Sendable {
        package let commit: RunHeader.Commit?
        package let fingerprint: String
        /// Says that the sources in the folder are others; nil if they are not, or if there are none.
        package let warning: String?

        /// What would spoil a measurement with this program on a machine, a sentence each.
        package func warnings(on host: SystemView) -> [String] {
            FitnessCatalog.warnings(on: host) + [warning].compactMap { $0 }
        }
    }

    /// The commit of the program when it runs in a folder.
    ///
    /// If the folder holds the very sources of the program, its commit is named: several commits can have the same
    /// sources. Else it is the commit of the build, whatever repository the folder belongs to.
    package func identity(in folder: String) -> Identity {
        guard let tree = SourceTree(in: folder) else {
            return Identity(commit: commit, fingerprint: fingerprint, warning: nil)
        }
        let here = RunHeader.Commit.read(in: folder)
        guard tree.fingerprint != fingerprint else {
            return Identity(commit: here ?? commit, fingerprint: fingerprint, warning: nil)
        }
        let built = commit.map { " (commit \($0.hash.prefix(12))\($0.dirty ? " with changes" : ""))" } ?? ""
        // The program's own sources with changes on top: whoever made them looks for them in the figures, which are then not
        // to count as the commit's.
        let isChanged =
            if let here, let commit, here.dirty { here.hasSources(of: commit, in: folder) } else { false }
        return Identity(
            commit: commit.map { RunHeader.Commit(hash: $0.hash, dirty: $0.dirty || isChanged) },
            fingerprint: fingerprint,
            warning: "this program was built from other sources\(built) than those in this folder: "
                + "it is the program that is measured; 'make build' builds the sources here")
    }
}
