import Platform

/// The contents of a run file.
package struct Run: Sendable, Hashable {
    /// The name of its file without the ending: `20260131T120000Z-quick`.
    package var id: String
    package var path: String
    package var header: RunHeader
    package var ceilings: Ceilings?
    /// A record a case, in the order in which they were measured. Where a resumed run took up a case again that had
    /// not been measured, only the later record stands.
    package var records: [Record]
    /// Nil if the run was cut off.
    package var end: RunEnd?
    /// Lines that were damaged or not understood. They are missing here.
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
    /// A short name of the machine: stable, and the same for all its runs.
    package var machine: String { header.machine.id }

    /// The first twelve characters of the commit's hash, and `-dirty` where the tree held more; empty if it is unknown.
    package var commit: String {
        header.commit.map { String($0.hash.prefix(12)) + ($0.dirty ? "-dirty" : "") } ?? ""
    }

    /// How many of the cases that were planned are missing, in a sentence; nil if the run is whole.
    package var missingCases: String? {
        let missing = header.planned - records.count
        guard end == nil, missing > 0 else { return nil }
        return
            "\(path) was cut off: \(missing) of \(header.planned) cases are missing; `assay run \(header.suite.name) --resume` "
            + "goes on with it"
    }
}
