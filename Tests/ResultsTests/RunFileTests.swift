import Foundation
import Platform
import Results
import Testing

@Suite struct RunFileTests {
    private func line(_ json: String) -> Data { Data((json + "\n").utf8) }

    private func headerLine() throws -> Data { try RunLine.header(Fixture.header).encoded() }

    private func error(_ bytes: Data) -> FileError? {
        #expect(throws: FileError.self) { try RunFileReader.parse(bytes, path: "a/b.jsonl") }
    }

    @Test func roundTrip() throws {
        try Fixture.inFolder { folder in
            let path = "\(folder)/new/folders/20260131T120000Z-quick.jsonl"
            let writer = try RunFileWriter(creating: path)
            for line in Fixture.lines { try writer.append(line) }
            let run = try RunFileReader.read(path)
            #expect(run.problems == [])
            #expect(run.id == "20260131T120000Z-quick" && run.path == path)
            #expect(run.header == Fixture.header && run.ceilings == Fixture.ceilings && run.end == Fixture.end)
            let again: [RunLine] =
                [.header(run.header)] + [run.ceilings].compactMap { $0.map(RunLine.ceilings) }
                + run.records.map(RunLine.record) + [run.end].compactMap { $0.map(RunLine.end) }
            #expect(again == Fixture.lines)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(try again.reduce(Data()) { try $0 + $1.encoded() } == bytes)
            #expect(try Fixture.bytes() == bytes)
            #expect(try RunFileReader.header(of: path) == Fixture.header)
        }
    }

    @Test func linesAreSortedJSON() throws {
        let text = String(decoding: try RunLine.end(Fixture.end).encoded(), as: UTF8.self)
        #expect(text == "{\"end\":{\"failed\":1,\"measured\":2,\"skipped\":0,\"wallSeconds\":4.5}}\n")
    }

    /// Cut anywhere: whole lines are used, a half one is a problem.
    @Test func truncatedAtEveryByte() throws {
        let bytes = try Fixture.bytes()
        let header = try headerLine().count
        for length in 0..<bytes.count {
            let part = bytes.prefix(length)
            guard length >= header else {
                #expect(throws: FileError.self) { try RunFileReader.parse(part, path: "x") }
                continue
            }
            let whole = part.count { $0 == UInt8(ascii: "\n") }
            let run = try RunFileReader.parse(part, path: "x")
            #expect(run.records.count == min(max(whole - 2, 0), 3))
            #expect(run.end == nil)
            #expect(run.problems.map(\.line) == (part.last == UInt8(ascii: "\n") ? [] : [whole + 1]))
        }
    }

    @Test func damageIsNamedAndTheRestUsed() throws {
        var lines = try Fixture.lines.map { try $0.encoded() }
        lines[2] = line("{\"record\": {\"case\": 5}}")
        let run = try RunFileReader.parse(Data(lines.joined()), path: "run.jsonl")
        #expect(run.records.map(\.case) == ["matmul[m=2]/openblas/f32/t1", "matmul[m=3]/openblas/f32/t1"])
        #expect(run.end == Fixture.end)
        let problem = try #require(run.problems.first)
        #expect(run.problems.count == 1 && problem.path == "run.jsonl" && problem.line == 3)
        #expect(problem.description.hasPrefix("run.jsonl:3: the line is damaged: record.case: "))
        #expect(problem.remedy.contains("--resume"))
    }

    /// In our words: JSON that is whole is not called damaged JSON, and no type of the library's is named.
    @Test(arguments: [
        ("\"failed\":1", "\"failed\":18446744073709551616", "failed: the number 18446744073709551616 is too large"),
        ("\"wallSeconds\":4.5", "\"wallSeconds\":1e999", "wallSeconds: the number 1e999 is too large"),
        ("\"failed\":1", "\"failed\":\"one\"", "end.failed: not a whole number"),
        ("\"failed\":1", "\"failed\":1.5", "it is not JSON"),
        ("\"failed\":1,", "", "end: 'failed' is missing"),
        ("\"failed\":1", "\"failed\":null", "end.failed: null instead of a whole number"),
        ("{\"failed\"", "[\"failed\"", "it is not JSON"),
    ]) func whatIsWrongWithALineIsSaid(part: String, replacement: String, words: String) throws {
        let whole = "{\"end\":{\"failed\":1,\"measured\":2,\"skipped\":0,\"wallSeconds\":4.5}}"
        let text = whole.replacingOccurrences(of: part, with: replacement)
        let run = try RunFileReader.parse(try headerLine() + line(text), path: "x")
        let message = try #require(run.problems.first?.message)
        #expect(message.contains(words), "\(message)")
        #expect(!message.contains("valid JSON") && !message.contains("CodingKey"))
    }

    @Test func laterTagsAreIgnoredWithANote() throws {
        let bytes = try headerLine() + line("{\"weather\": {\"rain\": [1, 2]}}") + RunLine.end(Fixture.end).encoded()
        let run = try RunFileReader.parse(bytes, path: "x")
        #expect(run.end == Fixture.end)
        #expect(run.problems.count == 1)
        #expect(run.problems[0].message == "'weather' is not known to this version and is ignored")
    }

    @Test func laterVersionIsRefused() throws {
        let text = String(decoding: try headerLine(), as: UTF8.self)
            .replacingOccurrences(of: "\"version\":1", with: "\"version\":2")
        let error = error(Data(text.utf8))
        #expect(error?.message == "not a run file of Assay: its version is 2, but this program reads only up to 1")
        #expect(error?.remedy == "read it with the version of Assay that wrote it")
        // Even where the rest of the header is not what this version knows.
        let bare = self.error(line("{\"header\": {\"format\": \"assay-run\", \"version\": 9}}"))
        #expect(bare?.message.contains("its version is 9") == true)
    }

    @Test(arguments: [
        ("", "it is empty"), ("\n", "not JSON"), ("hello\n", "damaged"), ("{}\n", "one tag"), ("[]\n", "damaged"),
        ("{\"header\": {\"format\": \"other\", \"version\": 1}}\n", "its format is 'other'"),
        ("{\"header\": {}}\n", "damaged"), ("{\"header\"", "cut off"), ("\u{0}\u{0}\n", "damaged"),
        ("{\"end\":{\"failed\":1,\"measured\":2,\"skipped\":0,\"wallSeconds\":4.5}}\n", "does not begin with a header"),
    ]) func foreign(text: String, reason: String) {
        let error = error(Data(text.utf8))
        #expect(error?.message.hasPrefix("not a run file of Assay: ") == true)
        #expect(error?.message.contains(reason) == true || text == "\n", "\(error?.message ?? "")")
    }

    @Test func notUTF8() throws {
        let bytes = try headerLine() + Data([0x7B, 0xFF, 0xFE, 0x7D, 0x0A])
        #expect(try RunFileReader.parse(bytes, path: "x").problems.first?.message.contains("UTF-8") == true)
    }

    @Test func notAFile() throws {
        #expect(error { try RunFileReader.read("/nonexistent/x.jsonl") }?.code == ENOENT)
        #expect(error { try RunFileReader.read("/tmp") }?.message == "not a file")
        #expect(error { try RunFileReader.read("/dev/zero") }?.message == "not a file")
    }

    private func error(_ body: () throws -> Run) -> FileError? {
        #expect(throws: FileError.self) { _ = try body() }
    }

    /// A case that a resumed run took up again stands once.
    @Test func laterRecordCounts() throws {
        let name = "matmul[m=2]/openblas/f32/t1"
        let bytes =
            try headerLine() + RunLine.record(Fixture.record(name, status: .failed)).encoded()
            + RunLine.record(Fixture.record("other")).encoded() + RunLine.record(Fixture.record(name)).encoded()
        let run = try RunFileReader.parse(bytes, path: "x")
        #expect(run.records.map(\.case) == [name, "other"])
        #expect(run.records[0].status == .measured)
        #expect(run.problems == [])
        let twice = try RunFileReader.parse(bytes + RunLine.record(Fixture.record("other")).encoded(), path: "x")
        #expect(twice.problems.map(\.line) == [5])
    }

    @Test func layersHaveTimesAlone() throws {
        var record = Fixture.record("layer")
        record.samples = Samples(calls: 1, seconds: [1e-3, 2e-3])
        let bytes = try RunLine.header(Fixture.header).encoded() + RunLine.record(record).encoded()
        let run = try RunFileReader.parse(bytes, path: "x")
        #expect(run.problems == [] && run.records == [record])
    }

    static let inconsistent: [(String, @Sendable (inout Record) -> Void)] = [
        ("short column", { $0.samples?[.cpuShare].removeLast() }),
        ("long column", { $0.samples?[.throttled].append(0) }),
        ("NaN", { $0.samples?.seconds[1] = .nan }),
        ("endless sample", { $0.samples?.seconds[1] = .infinity }),
        ("negative sample", { $0.samples?.seconds[1] = -1 }),
        ("negative count", { $0.samples?[.minorFaults][0] = -1 }),
        ("no calls", { $0.samples?.calls = 0 }),
        ("no samples", { $0.samples = nil }),
        ("skipped without a reason", { $0.status = .skipped }),
        ("MACs that overflow", { $0.costs.macs = .max }),
        ("negative bytes", { $0.costs.inputBytes = -4 }),
        (
            "operations that overflow",
            {
                for i in 0..<20 { $0.costs.elementOperations["o\(i)"] = .max / 8 }
            }
        ),
        ("NaN of the error", { $0.answer?.error = .nan }),
        ("no threads", { $0.setting.threads = 0 }),
        ("memory", { $0.memory?.peak = -1 }),
        ("wall time", { $0.wallSeconds = -.infinity }),
        ("CPU time", { $0.process?.userSeconds = .nan }),
    ]

    /// Rejected when read, and never written.
    @Test(arguments: inconsistent.indices) func inconsistentRecord(index: Int) throws {
        var record = Fixture.record("a")
        Self.inconsistent[index].1(&record)
        let line = RunLine.record(record)
        #expect(line.inconsistency != nil, "\(Self.inconsistent[index].0)")
        let run = try RunFileReader.parse(try headerLine() + line.encoded(), path: "x")
        #expect(run.records.isEmpty && run.problems.map(\.line) == [2])
        #expect(run.problems[0].message.hasPrefix("the line is damaged: "))
        try Fixture.inFolder { folder in
            let writer = try RunFileWriter(creating: "\(folder)/x.jsonl")
            #expect(throws: FileError.self) { try writer.append(line) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: writer.path)).isEmpty)
        }
    }

    @Test func blankLinesAreNoDamage() throws {
        let blank = ["\n", "  \r\n", "\t\n"].map { Data($0.utf8) }
        var bytes = blank[0]
        for (index, line) in Fixture.lines.enumerated() { bytes += try line.encoded() + blank[index % 3] }
        let run = try RunFileReader.parse(bytes + Data("  ".utf8), path: "x")
        #expect(run.problems == [])
        #expect(run.records.count == 3 && run.end == Fixture.end)
        // Places are those of the file.
        let damaged = try RunFileReader.parse(bytes + Data("x\n".utf8), path: "x")
        #expect(damaged.problems.map(\.line) == [14])
    }

    @Test func aLineLongerThanAnyOfOursIsNotRead() throws {
        let long = Data(repeating: UInt8(ascii: "["), count: (64 << 20) + 1) + Data("\n".utf8)
        let run = try RunFileReader.parse(try headerLine() + long + RunLine.end(Fixture.end).encoded(), path: "x")
        #expect(run.problems.map(\.message) == ["the line is longer than 64 MiB"])
        #expect(run.end == Fixture.end)
    }

    @Test func ofNothingButDamageNotEveryLineIsNamed() throws {
        let bytes = try headerLine() + Data(String(repeating: "x\n", count: 1000).utf8)
        #expect(try RunFileReader.parse(bytes, path: "x").problems.count == 101)
        // And a file that goes on so is given up.
        let more = try headerLine() + Data(String(repeating: "x\n", count: 20_000).utf8)
        let run = try RunFileReader.parse(more + RunLine.end(Fixture.end).encoded(), path: "x")
        #expect(run.problems.last?.line == 10_002 && run.end == nil)
        #expect(run.problems.last?.message.hasPrefix("reading stops here") == true)
    }

    /// The field and what it can be.
    @Test func whatCannotBeIsNamedWithItsField() {
        var record = Fixture.record("a")
        record.costs.macs = .min
        #expect(
            RunLine.record(record).inconsistency
                == "record.costs.macs is -9223372036854775808, but must be from 0 to 1152921504606846975")
        record = Fixture.record("a")
        record.samples?.seconds[1] = -1
        #expect(RunLine.record(record).inconsistency?.hasPrefix("record.samples.seconds[1] is -1.0") == true)
        var header = Fixture.header
        header.machine.caches[0].bytes = -1
        #expect(RunLine.header(header).inconsistency?.hasPrefix("header.machine.caches.bytes is -1") == true)
    }
}
