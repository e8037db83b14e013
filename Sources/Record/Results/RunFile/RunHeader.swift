/// The first line of a run file: everything needed to read the rest, years later, elsewhere.
package struct RunHeader: Codable, Sendable, Hashable {
    package static let format = "assay-run"
    package static let version = 1

    /// The commit that the program was built from: what was measured, wherever the program ran.
    package struct Commit: Codable, Sendable, Hashable {
        package var hash: String
        /// Whether the sources held changes that no commit has.
        package var dirty: Bool

        package init(hash: String, dirty: Bool) {
            self.hash = hash
            self.dirty = dirty
        }
    }

    /// The suite as it was read, so that plots can be made without it.
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

    /// What the numerical library reports.
    package struct Blas: Codable, Sendable, Hashable {
        /// The processor it chose its kernels for.
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
    /// Of the program's sources; nil in older run files.
    package var sources: String?
    package var machine: Machine
    package var blas: Blas
    /// What our own kernels were compiled for that ran: `avx512`, `avx2`, `baseline`, `neon`.
    package var instructionSet: String?
    /// Every OPENBLAS_*, OMP_*, MKL_* and ASSAY_* variable.
    package var environment: [String: String]
    /// What was asked for on the command line, by name: what a resumed run must share.
    package var options: [String: String]
    /// Cases of the whole plan, and of this shard.
    package var planned: Int
    /// What would spoil the measurement, as the doctor saw it.
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
