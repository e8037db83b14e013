import Platform
import Results

/// A measured comparison: the contents of its file.
package struct MeasuredComparison: Sendable {
    package var header: ComparisonHeader
    package var cases: [ComparedCase] = []
    package var rounds: [Round] = []
    /// Why a case was not compared, by its index.
    package var outcomes: [Int: CaseOutcome] = [:]
    /// Whether both sides run the same machine code, by the index of the case, if known.
    package var code: [Int: CodeComparison] = [:]
    /// Nil if the comparison was cut off.
    package var end: ComparisonEnd?
    /// Errors for damaged lines, which are missing here.
    package var problems: [FileError] = []

    package init(header: ComparisonHeader) { self.header = header }

    /// The rounds of a case that count: those that were not disturbed.
    package func soundRounds(of index: Int) -> [Round] { rounds.filter { $0.case == index && !$0.isSpoilt } }
}

/// The first line of a comparison file.
package struct ComparisonHeader: Codable, Sendable {
    package static let format = "assay-comparison"
    package static let version = 1

    /// A compared suite.
    package struct Suite: Codable, Sendable, Hashable {
        package var name: String
        package var title: String

        package init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    package var format = ComparisonHeader.format
    package var version = ComparisonHeader.version
    /// UTC, ISO 8601.
    package var started: String
    /// Assay's own version.
    package var assay: String
    package var suites: [Suite]
    package var sides: Both<ComparedProgram>
    package var options: ComparisonOptions
    package var machine: Machine
    /// The variables that choose kernels, threads or the allocator.
    package var environment: [String: String]
    /// What would spoil the measurement, according to `assay doctor`.
    package var warnings: [String]

    package init(
        started: String, assay: String, suites: [Suite], sides: Both<ComparedProgram>, options: ComparisonOptions,
        machine: Machine, environment: [String: String], warnings: [String]
    ) {
        self.started = started
        self.assay = assay
        self.suites = suites
        self.sides = sides
        self.options = options
        self.machine = machine
        self.environment = environment
        self.warnings = warnings
    }
}

/// One side of a comparison.
package struct ComparedProgram: Codable, Sendable, Hashable {
    /// The revision as the user wrote it: `main~1`, `.`.
    package var revision: String
    /// The commit; nil for the running program.
    package var commit: RunHeader.Commit?
    /// The first line of the commit message.
    package var subject: String
    /// A fingerprint of the sources, the toolchain and the flags. Programs with equal ones are the same.
    package var build: String
    /// The version of the worker protocol that it speaks.
    package var protocolVersion: Int

    package init(
        revision: String, commit: RunHeader.Commit?, subject: String, build: String, protocolVersion: Int
    ) {
        self.revision = revision
        self.commit = commit
        self.subject = subject
        self.build = build
        self.protocolVersion = protocolVersion
    }

    fileprivate static let ending = ".jsonl"

    /// Whether it is a run file rather than a built program.
    fileprivate var isRunFile: Bool { build.isEmpty && revision.hasSuffix(Self.ending) }

    /// For people: the revision and its commit.
    package var text: String {
        guard let commit else { return revision }
        let short = commit.hash.prefix(9)
        let changes = commit.dirty ? " with changes" : ""
        return revision.hasPrefix(short.prefix(7)) ? revision + changes : "\(revision) (\(short)\(changes))"
    }
}

extension Both where Value == ComparedProgram {
    /// The shortest names that tell the two apart. For run files, the file names without folder and extension, with the
    /// folder if they are equal; otherwise the whole text.
    package var names: Both<String> {
        guard base.isRunFile, head.isRunFile else { return map(\.text) }
        let stems = map { Self.components($0).last ?? "" }
        return stems.base != stems.head ? stems : map { Self.components($0).suffix(2).joined(separator: "/") }
    }

    private static func components(_ program: ComparedProgram) -> [String] {
        program.revision.dropLast(ComparedProgram.ending.count).split(separator: "/").map(String.init)
    }
}

/// The last line of a comparison that was not cut off.
package struct ComparisonEnd: Codable, Sendable, Hashable {
    package var wallSeconds: Double
    /// Whether the budget was used up before every interval was narrow enough.
    package var ranOut: Bool

    package init(wallSeconds: Double, ranOut: Bool) {
        self.wallSeconds = wallSeconds
        self.ranOut = ranOut
    }
}
