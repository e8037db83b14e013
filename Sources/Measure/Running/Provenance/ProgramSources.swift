import Measurement
import Results

/// The sources of this program, as recorded by the build.
package struct ProgramSources: Sendable {
    /// Nil if the sources were not in a repository.
    package let commit: RunHeader.Commit?
    /// See `SourceTree`.
    package let fingerprint: String

    /// - Parameter commit: the hash; empty if it is unknown.
    package init(commit: String, hasChanges: Bool, fingerprint: String) {
        self.commit = commit.isEmpty ? nil : RunHeader.Commit(hash: commit, dirty: hasChanges)
        self.fingerprint = fingerprint
    }

    /// The identity of this program, for the headers of run files.
    package struct Identity: Sendable {
        package let commit: RunHeader.Commit?
        package let fingerprint: String
        /// A warning that the sources in the folder differ; nil if they are the same or there are none.
        package let warning: String?

        /// What would spoil a measurement with this program on a machine, one sentence each.
        package func warnings(on host: SystemView) -> [String] {
            FitnessCatalog.warnings(on: host) + [warning].compactMap { $0 }
        }
    }

    /// The identity of the program when it runs in a folder.
    ///
    /// If the folder holds exactly the program's sources, its commit is used: several commits can have the same
    /// sources. Otherwise it is the commit of the build, whatever repository the folder belongs to.
    package func identity(in folder: String) -> Identity {
        guard let tree = SourceTree(in: folder) else {
            return Identity(commit: commit, fingerprint: fingerprint, warning: nil)
        }
        let here = RunHeader.Commit.read(in: folder)
        guard tree.fingerprint != fingerprint else {
            return Identity(commit: here ?? commit, fingerprint: fingerprint, warning: nil)
        }
        let built = commit.map { " (commit \($0.hash.prefix(12))\($0.dirty ? " with changes" : ""))" } ?? ""
        // The folder has the program's commit with changes on top: its author expects to measure those changes, so the
        // figures must not count as the commit's.
        let isChanged =
            if let here, let commit, here.dirty { here.hasSources(of: commit, in: folder) } else { false }
        return Identity(
            commit: commit.map { RunHeader.Commit(hash: $0.hash, dirty: $0.dirty || isChanged) },
            fingerprint: fingerprint,
            warning: "this program was built from other sources\(built) than those in this folder: "
                + "it is the program that is measured; 'make build' builds the sources here")
    }
}
