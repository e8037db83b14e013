import Foundation
import Platform
import Results
import Running
import Tensors
import TestSupport
import Testing
import Workers
import Workloads

extension Data {
    fileprivate mutating func replace(_ text: String, by other: String) {
        if let range = range(of: Data(text.utf8)) { replaceSubrange(range, with: Data(other.utf8)) }
    }
}

/// Weights from a folder that a dump wrote.
@Suite struct WeightTests {
    /// Gone when the test is over.
    final class Dumped {
        let path = NSTemporaryDirectory() + "assay-weights-" + UUID().uuidString
        let cases: [Case]

        init(_ name: String = "trained/native") throws {
            cases = try Planner(catalog: .test).cases(named: name)
            _ = try Dump(cases).write(to: path)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func url(_ file: String) -> URL { URL(fileURLWithPath: "\(path)/\(file)") }

        func edit(_ file: String, _ change: (inout Data) throws -> Void) throws {
            var content = try Data(contentsOf: url(file))
            try change(&content)
            try content.write(to: url(file))
        }

        var folder: WeightFolder {
            get throws(SuiteError) { try WeightFolder(path, for: cases.map(\.workload)) }
        }
    }

    private func outputs(of dumped: Dumped, weights: String?) throws -> UInt64 {
        let item = dumped.cases[0]
        var options = SamplingOptions()
        options.samples = 3
        var task = MeasureTask(name: item.name, seed: 1, sampling: options)
        task.weights = weights
        let message = try WorkerService(catalog: .test) { _ in }.measure(task)
        guard case .measured(let measured) = message else { throw RunError("\(message)", remedy: "") }
        return try #require(measured.outputs)
    }

    @Test func whatWasDumpedIsWhatWasDrawn() throws {
        let dumped = try Dumped()
        #expect(try outputs(of: dumped, weights: dumped.path) == outputs(of: dumped, weights: nil))
        let list = try String(contentsOf: dumped.url("tensors.json"), encoding: .utf8)
        #expect(list.contains("\"role\" : \"state\""))
        // As it is when a run begins, and as the implementation leaves it.
        #expect(
            try Data(contentsOf: dumped.url("norm.mean.npy")) != Data(contentsOf: dumped.url("norm.mean.native.npy")))
    }

    /// A weight, and what a state begins with.
    @Test(arguments: ["conv.weight.npy", "norm.mean.npy"])
    func otherNumbersAreOtherAnswersAndVerified(file: String) throws {
        let dumped = try Dumped()
        let mark = try dumped.folder.mark
        try dumped.edit(file) { $0[$0.count - 1] ^= 0x80 }
        #expect(try dumped.folder.mark != mark)
        #expect(try outputs(of: dumped, weights: dumped.path) != outputs(of: dumped, weights: nil))
        // What is dumped with them has them.
        let again = try Dumped()
        try FileManager.default.removeItem(atPath: again.path)
        _ = try Dump(again.cases, weights: dumped.folder).write(to: again.path)
        #expect(try Data(contentsOf: again.url(file)) == Data(contentsOf: dumped.url(file)))
    }

    private static let damages: [(file: String, change: @Sendable (inout Data) -> Void, words: String)] = [
        ("tensors.json", { $0 = Data("{}".utf8) }, "tensors.json: it is not a list of tensors"),
        (
            "tensors.json",
            { $0 = Data(String(decoding: $0, as: UTF8.self).replacing("conv.weight", with: "fc").utf8) },
            "there is no weight 'conv.weight', which trained has"
        ),
        ("conv.weight.npy", { $0[0] = 0 }, "conv.weight.npy: weight 'conv.weight': it is not a NumPy file"),
        ("conv.weight.npy", { $0[6] = 9 }, "its header is damaged or has a later version"),
        ("conv.weight.npy", { $0[9] = 0xFF }, "its header is damaged or has a later version"),
        ("conv.weight.npy", { $0.replace("<f4", by: "<f8") }, ".astype('<f4')"),
        ("conv.weight.npy", { $0.replace("'<f4'", by: "[('x)") }, "does not state the type"),
        ("conv.weight.npy", { $0.replace("False,", by: "True, ") }, "ascontiguousarray"),
        (
            "conv.weight.npy", { $0.replace("(8, 8, 1, 1)", by: "(8, 8)      ") },
            "its shape is 8x8, but must be 8x8x1x1"
        ),
        ("conv.weight.npy", { $0.replace("1, 1), }", by: "99999999") }, "does not state"),
        (
            "conv.weight.npy", { $0.replace("(8, 8, 1, 1), }   ", by: "(8, 9999999999999)") },
            "larger than any memory"
        ),
        ("conv.weight.npy", { $0.removeLast() }, "it has 383 bytes, but its array needs 384"),
        ("conv.weight.npy", { $0 = Data() }, "it is not a NumPy file"),
    ]

    @Test(arguments: damages.indices)
    func whatDoesNotFitIsRefused(number: Int) throws {
        let (file, change, words) = Self.damages[number]
        let dumped = try Dumped()
        try dumped.edit(file, change)
        let error = #expect(throws: SuiteError.self) { try dumped.folder }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func whatIsNotThereIsSaid() throws {
        let dumped = try Dumped()
        try FileManager.default.removeItem(at: dumped.url("stem.weight.npy"))
        #expect(throws: SuiteError.self) { try dumped.folder }
        let nowhere = #expect(throws: SuiteError.self) { try WeightFolder("/nowhere", for: []) }
        #expect(nowhere?.description.contains("/nowhere/tensors.json: cannot read") == true)
        let peak = try Dumped("row_peak[rows=6,c=3]/native")
        #expect(throws: SuiteError.self) { try peak.folder }
    }

    /// Whatever stands in the file of a weight: it is taken or refused.
    @Test func damagedFilesNeverCrash() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let dumped = try Dumped("counter/right")
            let file = dumped.url("count.npy")
            let whole = [UInt8](try Data(contentsOf: file))
            let text = String(decoding: whole[10..<128], as: UTF8.self)
            let damage = TextDamage([text], words: ["'<f4'", "True", "(1, 1)", "(", ")", "'shape': "])
            Fuzzing.run(expecting: ["taken", "refused"]) { draws in
                var bytes = whole[..<10] + damage.input(&draws) + whole[128...]
                if draws.below(4) == 0 { bytes[draws.below(10)] = UInt8(draws.below(256)) }
                try Data(bytes).write(to: file)
                do throws(SuiteError) {
                    _ = try dumped.folder
                    return "taken"
                } catch {
                    if error.message.isEmpty || error.remedy.isEmpty { throw Fuzzing.Finding("no words") }
                    return "refused"
                }
            }
        }
        #expect(Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }
}
