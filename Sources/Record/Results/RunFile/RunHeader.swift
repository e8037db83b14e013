/// The first line of a run file: everything needed to read the rest, even years later and elsewhere.
package struct RunHeader: Codable, Sendable, Hashable {
    package static let format = "assay-run"
    package static let version = 1

    /// The commit that the program was built from, wherever it ran.
    package struct Commit: Codable, Sendable, Hashable {
        package var hash: String
        /// Whether the sources had uncommitted changes.
        package var dirty: Bool

        package init(hash: String, dirty: Bool) {
            self.hash = hash
            self.dirty = dirty
        }
    }

    /// The suite as it was read, so that plots can be made without its files.
    package struct Suite: Codable, Sendable, Hashable {
        package struct File: Codable, Sendable, Hashable {
            package var path: String
            package var text: String

            package init(path: String, text: String) {
                self.path = path
                self.text = text
            }
        }

        package var name: String
        package var title: String
        /// The suite and all it includes.
        package var files: [File]
        package var plots: [PlotRequest]

        package init(name: String, title: String, files: [File], plots: [PlotRequest]) {
            self.name = name
            self.title = title
            self.files = files
            self.plots = plots
        }
    }

    /// What the BLAS library reports.
    package struct Blas: Codable, Sendable, Hashable {
        /// The processor for which it chose its kernels.
        package var core: String
        package var configuration: String

        package init(core: String, configuration: String) {
            self.core = core
            self.configuration = configuration
        }
    }

    package var format = RunHeader.format
    package var version = RunHeader.version
    /// UTC, ISO 8601.
    package var started: String
    /// Assay's own version.
    package var assay: String
    package var suite: Suite
    package var commit: Commit?
    /// The fingerprint of the program's sources; nil in older run files.
    package var sources: String?
    package var machine: Machine
    package var blas: Blas
    /// The instruction set of our own kernels that ran: `avx512`, `avx2`, `baseline`, `neon`.
    package var instructionSet: String?
    /// The variables that choose kernels, threads or the allocator.
    package var environment: [String: String]
    /// The options of the command line by name; a resumed run must have the same.
    package var options: [String: String]
    /// The number of planned cases; with a shard, of that shard alone.
    package var planned: Int
    /// What would spoil the measurement, according to `assay doctor`.
    package var warnings: [String]

    package init(
        started: String, assay: String, suite: Suite, commit: Commit?, machine: Machine, blas: Blas,
        environment: [String: String], options: [String: String], planned: Int, warnings: [String]
    ) {
        self.started = started
        self.assay = assay
        self.suite = suite
        self.commit = commit
        self.machine = machine
        self.blas = blas
        self.environment = environment
        self.options = options
        self.planned = planned
        self.warnings = warnings
    }
}
