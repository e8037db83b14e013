import Foundation
import Suites
import Testing

/// Whatever the bytes, reading and planning a suite ends: in a plan or in an error with a place and a remedy.
@Suite struct SuiteFuzzTests {
    private static let seeds = [
        """
        title: Grouped
        defaults: { threads: [1, 2], precision: 1%, time_limit: 3s, samples: 10, implementations: [openblas] }
        cases:
          - kernel: matmul
            label: "m{m} n{n}"
            with: { k: 32, bias: true }
            sweep: { m: [1, 7], n: [5, 9] }
            implementations: [openblas, reference]
            threads: 2
          - &a { kernel: matmul, with: { m: 1, k: 1, n: 1 } }
          - *a
        plots:
          - { kind: bars, x: m, y: latency, series: implementation, title: T, filter: ["a|b", c], exclude: "!d" }
        """,
        "cases:\n- kernel: conv2d\n  with: {in: 4, out: 4, size: 7x9, kernel: 1x3, groups: 2}\n",
    ]

    /// Inputs a run; more with `ASSAY_FUZZ=1000000`.
    private static let count = ProcessInfo.processInfo.environment["ASSAY_FUZZ"].flatMap(Int.init) ?? 20_000

    @Test func everyInputGivesAPlanOrAnErrorWithARemedy() {
        var random = SplitMix(state: 1)
        var (plans, errors) = (0, 0)
        for _ in 0..<Self.count {
            let text = String(decoding: mutate(Array(Self.seeds[random.below(2)].utf8), &random), as: UTF8.self)
            do {
                let suite = try SuiteReader.read(text, name: "t", path: "t.yaml")
                // Shapes that are drawn at random may be large: only counting them must be quick.
                _ = try Planner(vocabulary: vocabulary).plan(.init(root: suite, suites: [suite]))
                plans += 1
            } catch {
                errors += 1
                if error.remedy.isEmpty || error.message.isEmpty { Issue.record("no words for: \(text)") }
            }
        }
        #expect(plans + errors == Self.count)
        #expect(plans > 0)
        #expect(errors > 0)
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000),
        String(repeating: "- ", count: 50_000),
        String(repeating: "a:\n ", count: 50_000), "cases: " + String(repeating: "a", count: 2 << 20),
        "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ncases: *c", "\u{0}\u{1}\u{FEFF}", "--- a\n--- b\n",
        "cases: !!binary x",
        "? [a]\n: b", "<<: {a: b}", "cases: &a [*a]",
    ])
    func hostileInputsEndInAnError(text: String) {
        #expect(throws: SuiteError.self) { try plan(text) }
    }

    /// Flips, drops, doubles and splices bytes, or puts in a word that YAML or the grammar reads.
    private func mutate(_ seed: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        let words = [
            "[", "]", "{", "}", ": ", "- ", "\n", "&a ", "*a", "!!int ", "0", "-1", "99999999999999999999", "~", "'",
            "\"", "x", "%", "\t", "|",
        ]
        var bytes = seed
        for _ in 0...random.below(6) where !bytes.isEmpty {
            let at = random.below(bytes.count)
            switch random.below(6) {
            case 0: bytes[at] = UInt8(random.below(256))
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(contentsOf: words[random.below(words.count)].utf8, at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + random.below(20)))
            case 4:
                bytes.insert(
                    contentsOf: bytes[at..<min(bytes.count, at + random.below(40))], at: random.below(bytes.count))
            default: bytes = Array(bytes[..<at])
            }
        }
        return bytes
    }

    private struct SplitMix {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ z >> 31) % UInt64(max(bound, 1)))
        }
    }
}
