import Foundation
import Results
import Running
import Testing

@Suite struct FilterTests {
    private static let name = "conv2d[ci=256,g=32]/openblas/f32/t1"
    private static let label = "Grouped g32 256@28"

    @Test(arguments: [
        ("conv2d", true), ("CONV2D.*g=32", true), ("conv2d.*g=8", false), ("spmm|conv2d", true), ("grouped", true),
        ("a b|c d", false), ("grouped x|g32 256", true), ("^grouped g32 256@28$", true), ("^conv2d.*/t1$", true),
        ("^g32", false), (#"conv2d\[ci=256"#, true), ("conv2d[ci=256", nil), ("grouped.*/openblas/", true),
        (#"\A(?!.*openblas)"#, false), ("!conv2d", false), ("", nil), ("g(8|32)\\b", true),
    ])
    func findsInLabelAndName(pattern: String, isFound: Bool?) {
        let found = try? CaseFilter([pattern]).matches(name: Self.name, label: Self.label)
        #expect(found == isFound)
    }

    @Test func anyPatternChoosesAndNoExcludingOne() throws {
        let cases = ["a", "b", "c"]
        func chosen(_ patterns: [String], _ excluded: [String] = []) throws -> [String] {
            try CaseFilter(patterns, excluding: excluded).choose(from: cases) { ($0, "-") }
        }
        #expect(try chosen([]) == cases)
        #expect(try chosen(["c", "a"]) == ["a", "c"])
        #expect(try chosen([], ["^b$"]) == ["a", "c"])
        #expect(try chosen(["^a$", "^b$"], ["^b$"]) == ["a"])
        // A slip of the pen is not lost among the others.
        for (patterns, excluded) in [(["a", "x"], []), (["a"], ["x"]), ([], ["-"])] {
            #expect(throws: PatternError.self) { try chosen(patterns, excluded) }
        }
    }

    /// Each text that is no pattern, where it stops being one, and how to find it as it stands.
    @Test(arguments: [
        ("conv2d[ci=64", "character 7, '[', is not closed", #"'conv2d\[ci=64'"#),
        ("a(b|c", "character 2, '(', is not closed", #"'a\(b\|c'"#),
        ("a)", "character 2, ')', closes nothing", #"'a\)'"#),
        ("*a", "character 1, '*', has nothing before it to repeat", #"'\*a'"#),
        ("a|+", "character 3, '+', has nothing before it to repeat", #"'a\|\+'"#),
        ("a\\", "character 2, '\\', is at the end and escapes nothing", #"'a\\'"#),
        ("a{x", "character 2, '{', is not followed by a count", #"'a\{x'"#),
        ("größe [z-a]", "character", #"'größe \[z-a\]'"#), (#"\p{nonsense}"#, "character", "write"),
    ])
    func theFaultIsPlaced(pattern: String, place: String, escaped: String) throws {
        let error = try #require(throws: PatternError.self) { try CasePattern(pattern) }
        #expect(error.message.contains("'\(pattern)' is not a regular expression: \(place)"), "\(error.message)")
        #expect(error.remedy?.contains(escaped) == true)
        #expect(throws: Never.self) { try CasePattern(CasePattern.escaped(pattern)) }
    }

    /// What was meant by a pattern that finds nothing.
    @Test(arguments: [
        ("conv3d", nil), ("d[ci=256,g=32]", #"'d\[ci=256,g=32\]'"#),
        ("conv2d g=32", "'conv2d.*g=32'"), ("openblas g32", #"'\A(?=.*openblas)(?=.*g32)'"#), ("!spmm", "--exclude"),
    ])
    func whatWasMeantIsSaid(pattern: String, remedy: String?) throws {
        let error = #expect(throws: PatternError.self) {
            _ = try CaseFilter([pattern]).choose(from: [1]) { _ in (Self.name, Self.label) }
        }
        #expect(remedy.map { error?.remedy?.contains($0) == true } ?? (error?.remedy == nil))
    }

    /// Patterns whose search takes as many steps as there are ways to divide the text.
    @Test(arguments: ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*a){20}x", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func aHopelessSearchIsGivenUp(pattern: String) {
        let text = String(repeating: "a", count: 60) + "!"
        #expect(throws: PatternError.self) { try CaseFilter([pattern]).matches(name: text, label: text) }
    }

    /// As older run files have them.
    @Test(arguments: [
        ("conv2d", true), ("CONV2D g=32", true), ("conv2d g=8", false), ("!spmm", true), ("!conv2d", false),
        ("spmm|conv2d", true), ("!spmm|conv2d", false), ("grouped", true), ("openblas t2", false), ("[ci=256", true),
    ])
    func wordsOfOlderFilesMeanWhatTheyMeant(words: String, chosen: Bool) throws {
        let json = #"{"kind": "bars", "filter": "\#(words)"}"#
        let request = try JSONDecoder().decode(PlotRequest.self, from: Data(json.utf8))
        #expect(try request.filter().matches(name: Self.name, label: Self.label) == chosen)
        // And what is written now is read as it was.
        let again = try JSONDecoder().decode(PlotRequest.self, from: try JSONEncoder().encode(request))
        #expect(again == request)
    }
}

@Suite struct ShardTests {
    private static let text = """
        defaults: { threads: [1, 2] }
        cases: [{ kernel: matmul, with: { k: 1, n: 1 }, sweep: { m: [1, 2, 3, 4, 5] }, implementations: [openblas, reference] }]
        """

    @Test(arguments: [1, 2, 3, 5, 8])
    func sharesAreDisjointWholeAndKeepShapesTogether(count: Int) throws {
        let cases = try plan(Self.text).cases
        let shares = try (1...count).map { try #require(Shard("\($0)/\(count)")).share(of: cases) }
        #expect(shares.flatMap { $0.map(\.name) }.sorted() == cases.map(\.name).sorted())
        for share in shares {
            for (_, group) in Dictionary(grouping: share, by: \.workload.name) { #expect(group.count == 4) }
        }
    }

    @Test(arguments: ["", "1", "0/2", "3/2", "a/b", "1/2/3", "-1/2", "1/0"])
    func whatIsNoShareIsRefused(text: String) { #expect(Shard(text) == nil) }

    /// A search looks at every place of a text. That is no fault of the pattern.
    @Test func longNamesAreSearched() throws {
        let long = String(repeating: "x", count: 5000)
        #expect(try !CasePattern("zzz").matches(name: long, label: long))
        #expect(try CasePattern("end$").matches(name: long + "end", label: long))
    }
}
