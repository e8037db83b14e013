import Comparison
import Foundation
import Kernels
import Measurement
import Results
import TestSupport
import Testing
import Workloads

/// The samples of real kernels lie where the work is done.
@Suite(.serialized) struct HotKernelTests {
    /// The names of functions and libraries by their part of the samples.
    private func shares(_ kind: Kind, _ given: [Schema.Given], _ name: String) throws -> [String: Double] {
        let workload = try kind.workload(from: given)
        let implementation = try #require(workload.implementations.first { $0.name == name })
        let operands = try Operands(allocating: workload.operands)
        try workload.fill(operands, seed: 1)
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        let prepared = try implementation.prepare(operands, implementation.setting())
        var code = HotCode([])
        // Another test may be sampling.
        for _ in 0..<200 where code.samples == 0 { code = CodeSamples.during { prepared.run() } }
        let program = try ProgramCode(path: "/proc/self/exe")
        var shares: [String: Double] = [:]
        for place in code.places {
            let name = place.object.isEmpty ? program.function(at: place.address)?.name : place.object
            shares[name ?? "", default: 0] += Double(place.count) / Double(code.samples)
        }
        return shares
    }

    @Test(arguments: [false, true]) func nativeKernelsSpendTheirTimeInMicrokernels(isConvolution: Bool) throws {
        let shares =
            isConvolution
            ? try shares(
                Conv2D.kind, [("in", "64"), ("out", "64"), ("size", "28"), ("kernel", "3")].map(Schema.Given.init),
                "native")
            : try shares(MatMul.kind, [("m", "256"), ("k", "256"), ("n", "256")].map(Schema.Given.init), "native")
        let microkernels = shares.filter { $0.key.contains("Vectors") }.values.reduce(0, +)
        #expect(microkernels > 0.6, "\(shares)")
    }

    /// The microkernel takes the time; the kernel's own code says how often and on what. Also below a library that uses the
    /// frame pointer for something else.
    @Test(arguments: ["native", "openblas"]) func whoCallsTheHotCodeIsSeen(_ name: String) throws {
        let given = [("m", "96"), ("k", "96"), ("n", "96")].map(Schema.Given.init)
        let workload = try MatMul(MatMul.schema.arguments(from: given))
        let implementation = try #require(workload.implementations.first { $0.name == name })
        let operands = try Operands(allocating: workload.operands)
        try workload.fill(operands, seed: 1)
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        let prepared = try implementation.prepare(operands, implementation.setting())
        var code = HotCode([])
        for _ in 0..<200 where code.samples == 0 {
            code = CodeSamples.ofCase(
                prepare: { _ = try implementation.prepare(operands, implementation.setting()) }, run: { prepared.run() }
            )
        }
        let surroundings = try #require(code.surroundings)
        let program = try ProgramCode(path: "/proc/self/exe")
        let names = Set(surroundings.compactMap { program.function(at: $0 &- 1)?.name })
        #expect(names.contains { $0.hasPrefix("$s7Kernels6MatMulV") }, "\(names)")
    }

    @Test func theProductOfBlasIsInItsLibrary() throws {
        let shares = try shares(
            MatMul.kind, [("m", "256"), ("k", "256"), ("n", "256")].map(Schema.Given.init), "openblas")
        #expect(shares.filter { $0.key.contains("openblas") }.values.reduce(0, +) > 0.6, "\(shares)")
    }

    /// What is compared in earnest: the same program on both sides.
    @Test func aKernelComparedWithItself() throws {
        let program = try ProgramCode(path: "/proc/self/exe")
        var state: UInt64 = 1
        var identity = CodeIdentity(Both(base: program, head: program))
        var hot: [HotCode] = []
        for _ in 0..<200 where hot.count < 2 {
            let code = CodeSamples.during { for _ in 0..<100_000 { state = state &* 6_364_136_223_846_793_005 &+ 1 } }
            if code.samples > 0 { hot.append(code) }
        }
        try #require(hot.count == 2)
        let answer = identity.compare(Both(base: hot[0], head: hot[1]))
        guard case .same(let functions) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(functions >= 1 && state != 1)
    }
}
