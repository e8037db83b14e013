import Results
import Running
import TestSupport
import Testing
import Workloads

/// Whatever is typed as a name of a case gives cases whose names are names again, or an error with a remedy.
@Suite struct NameFuzzTests {
    @Test func names() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let names = (Catalog.all.kernels + Catalog.all.models).map { "\($0.name)[\($0.schema.example)]" }
            let damage = TextDamage(
                names + names.prefix(9).map { "\($0)/native/f32/t2" },
                words: ["[", "]", ",", "=", "/", "t1", "f32", "native", "1", "7", "true", "none", "rmat", "224", "0.5"])
            Fuzzing.run(expecting: ["known", "refused"]) { draws in
                let text = String(decoding: damage.input(&draws), as: UTF8.self)
                let planner = Planner()
                do throws(SuiteError) {
                    guard let first = try planner.cases(named: text).first else { return "known" }
                    _ = Costs(first.workload).leastTraffic
                    let again = try planner.cases(named: first.name)
                    guard again.map(\.name) == [first.name] else {
                        return "known, but another when its own name is read: \(first.name)"
                    }
                    return "known"
                } catch {
                    if error.remedy.isEmpty || error.message.isEmpty { throw Fuzzing.Finding("no words: \(error)") }
                    return "refused"
                }
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }
}
