import Foundation
import Results
import Testing

@Suite struct ReportTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    @Test func scriptsComeOutTheSameFromTheRunFileAlone() async throws {
        #expect(try await workspace.run("run", "small").code == 0)
        let first = workspace.files("Reports").filter { !$0.hasSuffix(".png") && !$0.hasSuffix(".svg") }
        let before = try first.map { try workspace.text($0) }
        try FileManager.default.removeItem(atPath: "\(workspace.path)/Reports")
        try FileManager.default.removeItem(atPath: "\(workspace.path)/Suites/small.yaml")
        // Of a killed process whose report nobody writes again.
        let machine = URL(fileURLWithPath: try workspace.runFile()).deletingLastPathComponent().lastPathComponent
        let left = "\(workspace.path)/Reports/\(machine)/earlier/.assay-report-abcdef"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        #expect(try await workspace.run("report").code == 0)
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(try first.map { try workspace.text($0) } == before)
        #expect(workspace.files("Reports").contains { $0.hasSuffix(".png") })
    }

    @Test func aDamagedFileIsNamedAndTheOthersAreUsed() async throws {
        #expect(try await workspace.run("run", "small", "--no-report").code == 0)
        let file = try workspace.runFile()
        let text = try workspace.text(file)
        try workspace.write(String(text.prefix(text.utf8.count * 2 / 3)), to: "cut.jsonl")
        try workspace.write("a,b\n1,2\n", to: "foreign.jsonl")
        let result = try await workspace.run(
            "report", file, "foreign.jsonl", "cut.jsonl", "absent.jsonl", "--to", "out")
        #expect(result.code == 3)
        #expect(result.errors.contains("foreign.jsonl:1: not a run file"))
        #expect(result.errors.contains("cut.jsonl:"))
        #expect(result.errors.contains("absent.jsonl"))
        #expect(workspace.files("out").contains("out/small.csv"))
    }

    @Test func aFileNamedTwiceCountsOnce() async throws {
        #expect(try await workspace.run("run", "small", "--no-report").code == 0)
        let file = try workspace.runFile()
        #expect(try await workspace.run("report", file, "--to", "once").code == 0)
        #expect(try await workspace.run("report", file, "./\(file)", "--to", "twice").code == 0)
        #expect(try workspace.text("once/small.csv") == workspace.text("twice/small.csv"))
    }

    @Test func withoutRunsThereIsAWord() async throws {
        let result = try await workspace.run("report")
        #expect(result.code == 3)
        #expect(result.errors.contains("assay run quick"))
    }
}

@Suite struct DumpTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    @Test func writesEveryTensorAndWhatItIs() async throws {
        let result = try await workspace.run("dump", "conv2d[in=4,out=6,size=5,kernel=3,groups=2]", "--to", "out")
        #expect(result.code == 0)
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(try workspace.text("out/tensors.json").utf8))
                as? [[String: Any]])
        let files = list.compactMap { $0["file"] as? String }
        #expect(files == ["x.npy", "weight.npy", "y.openblas.npy", "y.plain.npy", "y.reference.npy"])
        #expect(workspace.files("out") == (files + ["tensors.json"]).map { "out/\($0)" }.sorted())
        let weight = try #require(list.first { $0["name"] as? String == "weight" })
        #expect(weight["shape"] as? [Int] == [6, 2, 3, 3])
        #expect(weight["layout"] as? String == "OIHW")
        #expect(weight["role"] as? String == "weight")
        #expect(list.last?["implementation"] as? String == "reference")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(workspace.path)/out/weight.npy"))
        #expect(bytes.prefix(8) == Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]))
        let header = 128
        let elements = 108
        #expect(bytes.count == header + 4 * elements)
    }

    @Test func everyEntryHasEveryKey() async throws {
        #expect(try await workspace.run("dump", "add[elements=3]", "--to", "out").code == 0)
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(try workspace.text("out/tensors.json").utf8))
                as? [[String: Any]])
        #expect(
            list.allSatisfy {
                $0.keys.sorted() == ["element", "file", "implementation", "layout", "name", "role", "shape"]
            })
        #expect(list[0]["implementation"] is NSNull)
    }

    @Test(arguments: ["out/", "./out", "deep/er", "."])
    func writesIntoAnyFolderThatIsNewOrEmpty(folder: String) async throws {
        try FileManager.default.removeItem(atPath: "\(workspace.path)/Suites")
        let result = try await workspace.run("dump", "add[elements=3]", "--to", folder)
        #expect(result.code == 0)
        #expect(workspace.files(folder).count == 5)
    }

    @Test func touchesNothingBesideItsFolder() async throws {
        try FileManager.default.createDirectory(
            atPath: "\(workspace.path)/out.partial", withIntermediateDirectories: true)
        try workspace.write("mine", to: "out.partial/note")
        #expect(try await workspace.run("dump", "add[elements=3]", "--to", "out").code == 0)
        #expect(workspace.files("out.partial") == ["out.partial/note"])
    }

    @Test func whatCannotBeWrittenLeavesNothing() async throws {
        try workspace.write("", to: "file")
        let blocked = try await workspace.run("dump", "add[elements=3]", "--to", "file/out")
        #expect(blocked.code == 3)
        #expect(blocked.errors.contains("cannot create the folder: Not a directory"))
        let huge = try await workspace.run("dump", "matmul[m=2000000,k=2000000,n=2]", "--to", "out")
        #expect(huge.code == 3)
        #expect(huge.errors.contains("MiB are available; not started"))
        #expect(workspace.files("out").isEmpty)
    }

    @Test func doesNotWriteOverWhatIsThere() async throws {
        try FileManager.default.createDirectory(atPath: "\(workspace.path)/out", withIntermediateDirectories: true)
        try workspace.write("mine", to: "out/note")
        let result = try await workspace.run("dump", "matmul[m=1,k=1,n=1]", "--to", "out")
        #expect(result.code == 3)
        #expect(workspace.files("out") == ["out/note"])
    }
}

@Suite struct WeightsFromFilesTests {
    let workspace: Workspace
    private let name = "conv2d[in=4,out=6,size=5,kernel=3]/plain"

    init() throws { workspace = try Workspace() }

    private func run(_ more: String...) async throws -> Program.Result {
        try await Program.run(
            ["run", "--case", name, "--samples", "3", "--no-report", "--format", "csv"] + more, in: workspace.path)
    }

    @Test func areMeasuredVerifiedAndRecorded() async throws {
        #expect(try await workspace.run("dump", name, "--to", "weights").code == 0)
        let path = URL(fileURLWithPath: "\(workspace.path)/weights/weight.npy")
        var bytes = try Data(contentsOf: path)
        bytes[bytes.count - 1] ^= 0x80
        try bytes.write(to: path)
        let result = try await run("--weights", "weights")
        #expect(result.code == 0, "\(result.errors)")
        let written = try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())")
        #expect(written.header.options["weights"]?.hasPrefix("weights ") == true)
        #expect(written.records.map(\.status) == [.measured] && written.records[0].answer != nil)

        #expect(try await workspace.run("dump", name, "--to", "again", "--weights", "weights").code == 0)
        for file in ["weight.npy", "y.plain.npy"] {
            let other = try Data(contentsOf: URL(fileURLWithPath: "\(workspace.path)/again/\(file)"))
            let own = try Data(contentsOf: URL(fileURLWithPath: "\(workspace.path)/weights/\(file)"))
            #expect((own == other) == (file == "weight.npy"), "\(file)")
        }
    }

    @Test func thatAreNotThereAreAnErrorOfTheCommand() async throws {
        let missing = try await run("--weights", "nowhere")
        #expect(missing.code == 64)
        #expect(missing.errors.contains("nowhere/tensors.json: cannot read"), "\(missing.errors)")
        #expect(try await workspace.run("dump", "add[elements=3]", "--to", "none").code == 0)
        let other = try await run("--weights", "none")
        #expect(other.code == 64)
        #expect(other.errors.contains("there is no weight 'weight', which conv2d has"), "\(other.errors)")
        #expect(workspace.runFiles.isEmpty)
    }
}

@Suite struct DoctorTests {
    @Test func saysWhatItFoundAndMeasuresCeilings() async throws {
        let workspace = try Workspace()
        let result = try await workspace.run("doctor", environment: ["OPENBLAS_CORETYPE": "Prescott"])
        #expect(result.code == 0)
        #expect(result.output.contains("Prescott"))
        #expect(result.output.contains("GFLOP/s"))
        #expect(result.output.contains("GB/s"))
        #expect(result.output.contains("empty call"))
    }
}
