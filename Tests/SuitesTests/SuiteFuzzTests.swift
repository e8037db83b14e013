import Foundation
import Running
import TestSupport
import Testing
import Workloads

/// Whatever the bytes, reading and planning a suite ends: in a plan or in an error with a place and a remedy.
@Suite struct SuiteFuzzTests {
    fileprivate static let seeds = [
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

    @Test func everyInputGivesAPlanOrAnErrorWithARemedy() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let damage = TextDamage(
                SuiteFuzzTests.seeds,
                words: ["[", "]", "{", "}", ": ", "- ", "&a ", "*a", "? ", "!!int ", "~", "x", "%", "|", ",", "/"])
            Fuzzing.run(expecting: ["planned", "refused"]) { draws in
                let text = String(decoding: damage.input(&draws), as: UTF8.self)
                do throws(SuiteError) {
                    let suite = try SuiteReader.read(text, name: "t", path: "t.yaml")
                    // Shapes that are drawn at random may be large: only counting them must be quick.
                    let plan = try Planner().plan(.init(root: suite, suites: [suite]))
                    try vocabulary.check(plan)
                    for item in plan.cases { _ = Costs(item.workload).leastTraffic }
                    return "planned"
                } catch {
                    if error.remedy.isEmpty || error.message.isEmpty { throw Fuzzing.Finding("no words: \(error)") }
                    return "refused"
                }
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }

    /// In one test: as arguments they would be printed.
    @Test func hostileInputsEndInAnError() {
        let texts = [
            String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000),
            String(repeating: "- ", count: 50_000),
            String(repeating: "a:\n ", count: 50_000), "cases: " + String(repeating: "a", count: 2 << 20),
            "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ncases: *c", "\u{0}\u{1}\u{FEFF}", "--- a\n--- b\n",
            "cases: !!binary x",
            "? [a]\n: b", "<<: {a: b}", "cases: &a [*a]",
        ]
        for text in texts {
            #expect(throws: SuiteError.self, "\(text.prefix(40))") { try plan(text) }
        }
    }
}
