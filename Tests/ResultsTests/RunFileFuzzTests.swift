import Foundation
import Platform
import Results
import TestSupport
import Testing

/// Damaged run files never end the program: each gives a run or an error.
@Suite struct RunFileFuzzTests {
    @Test func damagedFiles() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let damage = LineDamage(try Fixture.lines.map { Array(try $0.encoded()) })
            Fuzzing.run(expecting: ["read", "refused"]) { draws in
                let run: Run
                do throws(FileError) {
                    run = try RunFileReader.parse(Data(damage.input(&draws)), path: "fuzz.jsonl")
                } catch {
                    if error.message.isEmpty || error.remedy.isEmpty { throw Fuzzing.Finding("no words") }
                    return "refused"
                }
                // What was read is sound: it can be written again, and computed with.
                for record in run.records where record.inconsistency != nil || record.costs.operations < 0 {
                    throw Fuzzing.Finding("\(record.inconsistency ?? "operations below 0")")
                }
                return "read"
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }
}
