/// A run as reports read it: what a run file holds, and what it is called.
package struct Run: Sendable, Hashable {
    /// The name of its file without the ending: different for every run.
    package var id: String
    /// A short name of the machine: stable, and the same for all its runs.
    package var machine: String
    package var header: RunHeader
    package var ceilings: Ceilings?
    package var records: [Record]

    package init(id: String, machine: String, header: RunHeader, ceilings: Ceilings? = nil, records: [Record]) {
        self.id = id
        self.machine = machine
        self.header = header
        self.ceilings = ceilings
        self.records = records
    }

    /// The first twelve characters of the commit's hash, and `-dirty` where the tree held more; empty where it is unknown.
    package var commit: String {
        header.commit.map { String($0.hash.prefix(12)) + ($0.dirty ? "-dirty" : "") } ?? ""
    }
}
