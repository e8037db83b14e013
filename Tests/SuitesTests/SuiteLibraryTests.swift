import Foundation
import Running
import Testing

@Suite struct SuiteLibraryTests {
    let folder: TemporaryFolder
    var library: SuiteLibrary { SuiteLibrary(folder: folder.path) }

    init() throws { folder = try TemporaryFolder() }

    private func labels(_ name: String) throws -> [String] {
        try Planner().plan(library.load(name)).cases.map(\.label)
    }

    @Test func includesComeFirstAndOnce() throws {
        try folder.write(
            "cases: [{ kernel: matmul, implementations: openblas, label: a, with: { m: 1, k: 1, n: 1 } }]", to: "a.yaml"
        )
        try folder.write(
            "include: a\ncases: [{ kernel: matmul, implementations: openblas, label: b, with: { m: 2, k: 1, n: 1 } }]",
            to: "b.yaml")
        try folder.write(
            "include: [b, ./a.yaml]\ncases: [{ kernel: matmul, implementations: openblas, label: c, with: { m: 3, k: 1, n: 1 } }]",
            to: "c.yaml")
        #expect(library.names == ["a", "b", "c"])
        #expect(try labels("c") == ["a", "b", "c"])
        #expect(try labels("\(folder.path)/c.yaml") == ["a", "b", "c"])
        #expect(try library.load("c").suites.map(\.name) == ["a", "b", "c"])
    }

    @Test func aCircleIsNamed() throws {
        try folder.write("include: b", to: "a.yaml")
        try folder.write("include: a", to: "b.yaml")
        let error = #expect(throws: SuiteError.self) { try library.load("a") }
        #expect(error?.message == "the includes form a cycle: a.yaml -> b.yaml -> a.yaml")
        #expect(error?.place.line == 1)
    }

    @Test func aNameThatIsNotThereGetsTheNearest() throws {
        try folder.write("cases: [{ kernel: 'null' }]", to: "quick.yaml")
        let error = #expect(throws: SuiteError.self) { try library.load("quikc") }
        #expect(error?.remedy == "did you mean 'quick'?")
        try folder.write("include: quikc", to: "b.yaml")
        let inside = #expect(throws: SuiteError.self) { try library.load("b") }
        #expect(inside?.place.file.hasSuffix("b.yaml") == true)
        #expect(inside?.place.column == 10)
    }

    /// It would be waited for.
    @Test func aPipeThatNobodyWritesToIsEmpty() throws {
        #expect(mkfifo("\(folder.path)/x.yaml", 0o600) == 0)
        let error = #expect(throws: SuiteError.self) { try library.load("x") }
        #expect(error?.message == "the file is empty")
    }

    @Test func aCharacterThatIsNoneOfATextHasItsPlace() throws {
        try folder.write("title: x\ncases: a\0b\n", to: "x.yaml")
        let error = #expect(throws: SuiteError.self) { try library.load("x") }
        #expect(error?.place.line == 2 && error?.place.column == 9)
        #expect(error?.message.contains("\n") == false && error?.message.contains("^") == false)
    }

    @Test func whatIsNoTextIsSaid() throws {
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: "\(folder.path)/x.yaml"))
        #expect(throws: SuiteError.self) { try library.load("x") }
        #expect(throws: SuiteError.self) { try library.load(folder.path + "/") }
    }
}
