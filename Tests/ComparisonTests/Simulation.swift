import Comparison
import Foundation
import Results
import Settings
import Workers

/// Rounds of a case whose ratio is known, with noise of a process and noise of a turn, on a clock of their own.
struct SimulatedPairing: Pairing {
    let index: Int
    /// head / base.
    let ratio: Double
    /// Standard deviations of the logarithm of a time: of a process, of a turn.
    var processNoise = 0.004
    var turnNoise = 0.01
    var isSpoilt: (_ round: Int) -> Bool = { _ in false }
    var failure: (any Error)?
    let hotCode: Both<HotCode>? = nil
    let clock: SimulatedTime
    var secondsOfRound = 0.25
    private(set) var rounds = 0

    init(index: Int, ratio: Double = 1, clock: SimulatedTime) {
        self.index = index
        self.ratio = ratio
        self.clock = clock
    }

    mutating func round(_ random: inout SeededGenerator) throws -> Round {
        if let failure { throw failure }
        clock.seconds += secondsOfRound
        rounds += 1
        var round = Round(
            case: index, order: "", samples: Both { _ in Samples(calls: 10) },
            facts: Both { _ in .plain })
        let process = Both { _ in normal(&random) * processNoise }
        for _ in 0..<8 {
            for side in TurnPlan.block(&random) {
                let noise = process[side] + normal(&random) * turnNoise
                round.samples[side].append(
                    seconds: 1e-3 * (side == .head ? ratio : 1) * exp(noise), isDisturbed: isSpoilt(rounds))
                round.order += side == .base ? "B" : "H"
            }
        }
        return round
    }
}

/// Seconds that pass only when something says so.
final class SimulatedTime {
    var seconds = 0.0
}

/// A standard normal number (Box and Muller 1958).
func normal(_ random: inout SeededGenerator) -> Double {
    let u = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random)
    return sqrt(-2 * log(u)) * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
}

extension Round.Facts {
    static let plain = facts()

    static func facts(packed: Int = 100, allocations: Int = 0, own: Int = 1 << 20) -> Round.Facts {
        Round.Facts(
            answer: nil, preparation: Preparation(seconds: 0.1, packedBytes: packed, workspaceBytes: 0),
            memory: Memory(baseline: 1 << 20, peak: 1 << 20 + own, allocations: allocations))
    }
}

extension Samples {
    mutating func append(seconds value: Double, isDisturbed: Bool = false) {
        seconds.append(value)
        self[.cpuShare].append(isDisturbed ? 0.5 : 1)
        self[.involuntarySwitches].append(isDisturbed ? 3 : 0)
    }
}

extension ListedCase {
    static func case_(
        _ name: String, implementation: String = "native", macs: Int = 1000, unsupported: String? = nil
    ) -> ListedCase {
        ListedCase(
            name: "\(name)/\(implementation)/f32/t1", label: name, kind: "kernel", workload: "matmul", parameters: [:],
            setting: Setting(implementation),
            costs: CountedCosts(
                macs: macs, elementOperations: [:], parameters: 10, weightBytes: 40, inputBytes: 8, outputBytes: 8),
            unsupported: unsupported, bytes: 1000)
    }
}

extension ComparedCase {
    static func common(_ name: String) -> ComparedCase {
        ComparedCase(suite: "suite", sides: Both { _ in ListedCase.case_(name) })
    }
}

extension ComparisonHeader {
    static func test(_ options: ComparisonOptions = ComparisonOptions()) -> ComparisonHeader {
        ComparisonHeader(
            started: "2026-01-31T12:00:00Z", assay: "0.1.0", suites: [Suite(name: "suite", title: "A suite")],
            sides: Both { side in
                ComparedProgram(
                    revision: side.rawValue, commit: RunHeader.Commit(hash: "0123456789abcdef", dirty: false),
                    subject: "Subject", build: side.rawValue, protocolVersion: 2)
            },
            options: options,
            machine: Machine(
                processor: "Test CPU", architecture: "x86_64", instructionSets: [], caches: [], processors: 2,
                quota: nil,
                memoryBytes: 1 << 30, kernel: "6.1", toolchain: "Swift"), environment: [:], warnings: [])
    }
}

/// A comparison of simulated cases, whole.
struct SimulatedComparison {
    var options = ComparisonOptions()
    var ratios: [Double]
    var change: (Int, inout SimulatedPairing) -> Void = { _, _ in }
    let clock = SimulatedTime()

    init(ratios: [Double], seed: UInt64 = 1) {
        self.ratios = ratios
        options.seed = seed
    }

    func run(
        interrupted: @escaping () -> Bool = { false }, memory: Int? = nil,
        event: (ComparisonSession.Event) throws -> Void = { _ in }
    ) throws -> (comparison: MeasuredComparison, ending: ComparisonSession.Ending) {
        let cases = ratios.indices.map { ComparedCase.common("case \($0)") }
        var comparison = MeasuredComparison(header: .test(options))
        comparison.cases = cases
        let session = ComparisonSession(
            cases: cases, options: options,
            pairing: { index in
                var pairing = SimulatedPairing(index: index, ratio: ratios[index], clock: clock)
                change(index, &pairing)
                return pairing
            }, memoryAvailable: { memory }, interrupted: interrupted, now: { clock.seconds })
        let ending = try session.run { happened in
            switch happened {
            case .round(let round): comparison.rounds.append(round)
            case .outcome(let index, let outcome): comparison.outcomes[index] = outcome
            case .code(let index, let code): comparison.code[index] = code
            case .began, .scarce: break
            }
            try event(happened)
        }
        if case .done(let end) = ending { comparison.end = end }
        return (comparison, ending)
    }
}
