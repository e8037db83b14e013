import Foundation
import Platform
import Results
import Testing

@Suite struct StoreTests {
    private let noon = Date(timeIntervalSince1970: 1_769_860_800)

    private func header(suite: String = "quick", _ change: (inout RunHeader) -> Void = { _ in }) -> RunHeader {
        var header = Fixture.header
        header.suite.name = suite
        change(&header)
        return header
    }

    /// Writes a run and returns its path.
    @discardableResult private func run(
        _ store: Store, machine: String = "zen5", after seconds: Double = 0, _ header: RunHeader, ended: Bool = true
    ) throws -> String {
        let writer = try store.create(
            machine: machine, suite: header.suite.name, at: noon.addingTimeInterval(seconds))
        try writer.append(.header(header))
        try writer.append(.record(Fixture.record("a")))
        if ended { try writer.append(.end(Fixture.end)) }
        return writer.path
    }

    @Test func namesOfFiles() throws {
        try Fixture.inFolder { folder in
            let store = Store("\(folder)/Results")
            let paths = try (0..<3).map { _ in try run(store, header()) }
            #expect(
                paths == ["", "-2", "-3"].map { "\(folder)/Results/zen5/20260131T120000Z-quick\($0).jsonl" })
        }
    }

    /// Two that start in the same second never share a file.
    @Test func writersOfOneSecond() throws {
        try Fixture.inFolder { folder in
            let store = Store(folder)
            DispatchQueue.concurrentPerform(iterations: 20) { _ in
                do { try run(store, header()) } catch { Issue.record(error) }
            }
            let files = try store.files()
            #expect(Set(files).count == 20)
            #expect(files.first?.hasSuffix("-quick-20.jsonl") == true)
            #expect(files.last?.hasSuffix("-quick.jsonl") == true)
            for file in files { #expect(try RunFileReader.read(file).problems == []) }
        }
    }

    @Test(arguments: [
        ("quick", "quick"), ("a/b", "a_b"), ("../x", "_._x"), (".", "_"), ("", "_"), ("zwölf 12", "zw_lf_12"),
        ("a\u{0}b", "a_b"),
    ]) func plainNames(name: String, plain: String) { #expect(Store.fileName(name) == plain) }

    @Test func newestFirst() throws {
        try Fixture.inFolder { folder in
            let store = Store(folder)
            #expect(try store.files() == [])
            let first = try run(store, header())
            let second = try run(store, machine: "arm", after: 60, header(suite: "norms"))
            let third = try run(store, after: 3600, header())
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/zen5/notes.txt"))
            #expect(try store.files() == [third, second, first])
            #expect(try store.files(machine: "arm") == [second])
            #expect(try store.files(machine: "none") == [])
            let broken = "\(folder)/zen5/20990101T000000Z-spmm.jsonl"
            try Data("x\n".utf8).write(to: URL(fileURLWithPath: broken))
            let newest = try store.newestOfEachSuite()
            #expect(newest.paths == [third, second])
            #expect(newest.problems.map(\.path) == [broken])
        }
    }

    @Test func folderThatIsNotThere() throws {
        #expect(try Store("/nonexistent/Results").files() == [])
        let error = #expect(throws: FileError.self) {
            _ = try Store("/proc/Results").create(machine: "m", suite: "s")
        }
        #expect(error?.message.hasPrefix("cannot create the folder: ") == true)
    }

    @Test func continuesTheNewestThatAgrees() throws {
        try Fixture.inFolder { folder in
            let store = Store(folder)
            #expect(try store.resumption(of: header(), machine: "zen5") == .none)
            try run(store, header())
            #expect(try store.resumption(of: header(), machine: "zen5") == .none)
            let cut = try run(store, after: 10, header(), ended: false)
            try run(store, after: 20, header { $0.options["threads"] = "2" }, ended: false)
            try run(store, after: 30, header(suite: "norms"), ended: false)
            try run(store, machine: "arm", after: 40, header(), ended: false)
            guard case .found(let run) = try store.resumption(of: header(), machine: "zen5") else {
                Issue.record("nothing found to continue")
                return
            }
            #expect(run.path == cut)
            #expect(run.records.map(\.case) == ["a"])
        }
    }

    @Test func saysWhatDiffers() throws {
        try Fixture.inFolder { folder in
            let store = Store(folder)
            let path = try run(store, header(), ended: false)
            let now = header {
                $0.commit = .init(hash: "fedcba9876543210", dirty: true)
                $0.suite.files[0].text += "# more\n"
                $0.options = ["threads": "2", "shard": "1/2", "precision": "0.01"]
            }
            guard case .differs(let run, let differences) = try store.resumption(of: now, machine: "zen5") else {
                Issue.record("no difference was seen")
                return
            }
            #expect(run.path == path)
            #expect(
                differences == [
                    "the commit is fedcba987654 with changes, and was 0123456789ab", "the suite's text has changed",
                    "shard is 1/2, and was not given", "threads is 2, and was 1",
                ])
        }
    }
}
