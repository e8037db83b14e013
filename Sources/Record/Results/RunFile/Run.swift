import Platform

/// The contents of a run file.
package struct Run: Sendable, Hashable {
    /// The file's name without its extension: `20260131T120000Z-quick`.
    package var id: String
    package var path: String
    package var header: RunHeader
    package var ceilings: Ceilings?
    /// One record per case, in measuring order. If a resumed run repeated a case that had not been measured, only the
    /// later record is kept.
    package var records: [Record]
    /// Nil if the run was cut off.
    package var end: RunEnd?
    /// Lines that were damaged or not understood, and are therefore missing here.
    package var problems: [FileError]

    package init(
        id: String, path: String, header: RunHeader, ceilings: Ceilings? = nil, records: [Record] = [],
        end: RunEnd? = nil, problems: [FileError] = []
    ) {
        self.id = id
        self.path = path
        self.header = header
        self.ceilings = ceilings
        self.records = records
        self.end = end
        self.problems = problems
    }
}

extension Run {
    /// A short, lasting name of the machine, the same for all its runs.
    package var machine: String { header.machine.id }

    /// The first twelve characters of the commit's hash, with `-dirty` if the tree had changes; empty if it is unknown.
    package var commit: String {
        header.commit.map { String($0.hash.prefix(12)) + ($0.dirty ? "-dirty" : "") } ?? ""
    }

    /// How many of the planned cases are missing, in a sentence; nil if the run is complete.
    package var missingCases: String? {
        let missing = header.planned - records.count
        guard end == nil, missing > 0 else { return nil }
        return
            "\(path) was cut off: \(missing) of \(header.planned) cases are missing; `assay run \(header.suite.name) --resume` "
            + "and the options that it had continue it"
    }
}
