import Foundation
import Running
import Testing

/// What little text can stand for much ends in an error, and at once.
@Suite struct BoundsTests {
    /// Lists of aliases of lists of aliases: nine to the power of `levels`.
    private static func laughs(_ levels: Int, end: String) -> String {
        let names = (0...levels).map { "n\($0)" }
        let first = "\(names[0]): &\(names[0]) [l,l,l,l,l,l,l,l,l]\n"
        return zip(names, names.dropFirst()).reduce(first) { text, pair in
            text + "\(pair.1): &\(pair.1) [\(Array(repeating: "*\(pair.0)", count: 9).joined(separator: ","))]\n"
        } + end.replacing("LAST", with: names[levels])
    }

    @Test(arguments: [
        (laughs(8, end: "? *LAST\n: 1\n"), "a '?' begins a key"),
        (laughs(8, end: "*LAST : 1\n"), "more than 1000000 values"),
        (laughs(2, end: "*LAST : 1\n"), "a key is a list"),
        (laughs(8, end: "cases: *LAST\n"), "more than 1000000 values"),
        ("{? [a, b] : 1}", "a '?' begins a key"), ("[\n?[a]: 1]", "a '?' begins a key"),
        ("- ? [a]\n  : 1", "a '?' begins a key"),
        ("[a, b]: 1", "a key is a list"),
        (
            String(repeating: "[", count: 500) + String(repeating: "]", count: 500),
            "more than 100 nested lists and mappings"
        ),
        (
            "a0: &a0 [x]\n" + (1...200).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined(),
            "more than 100 nested lists and mappings"
        ),
        ("cases: [{ kernel: matmul, label: \(String(repeating: "l", count: 5000)) }]", "longer than 4096 bytes"),
        (
            "cases: [{ kernel: 'null' }]\nplots: [\(String(repeating: "{ kind: bars },", count: 201))]",
            "more than 200 plots"
        ),
    ])
    func muchInLittleIsRefused(text: String, words: String) throws {
        let error = try #require(planError(text))
        #expect(error.description.contains(words), "\(error)")
        #expect(error.place.line != nil)
    }

    @Test func aliasesThatStandForLittleAreFollowed() throws {
        let plan = try plan(
            """
            defaults: { implementations: &i [openblas] }
            cases:
              - &a { kernel: matmul, label: "a*b {m}", with: { k: 1, n: 1 }, sweep: { m: &s [1, 2] } }
              - { kernel: matmul, label: "? *{m}", with: { k: 2, n: 1 }, sweep: { m: *s }, implementations: *i }
              - *a
            """)
        #expect(plan.cases.map(\.label) == ["a*b 1", "a*b 2", "? *1", "? *2"])
    }

    /// More cases than anyone could measure, in one sweep and in many entries.
    @Test func casesAreCountedBeforeTheyAreMade() throws {
        let axis = "[" + (1...1000).map(String.init).joined(separator: ", ") + "]"
        let sweep = "cases: [{ kernel: conv2d, sweep: { in: \(axis), out: \(axis), size: \(axis), kernel: \(axis) } }]"
        #expect(try #require(planError(sweep)).message == "the sweep makes more than 100000 cases")
        let entry = "&a { kernel: matmul, with: { k: 1, n: 1 }, sweep: { m: \(axis) } }"
        let entries = "cases: [\(entry)\(String(repeating: ", *a", count: 100))]"
        #expect(try #require(planError(entries)).message == "the suite makes more than 100000 cases")
    }

    @Test func aChainOfIncludesIsNotFollowedForEver() throws {
        let folder = try TemporaryFolder()
        for number in 0..<102 { try folder.write("include: s\(number + 1)", to: "s\(number).yaml") }
        let error = #expect(throws: SuiteError.self) { try SuiteLibrary(folder: folder.path).load("s0") }
        #expect(error?.message == "the includes are more than 100 deep")
        #expect(throws: SuiteError.self) { try SuiteLibrary(folder: folder.path).load("/dev/zero") }
    }
}
