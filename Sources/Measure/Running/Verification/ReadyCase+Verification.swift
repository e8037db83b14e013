import Measurement
import Networks
import Results
import Tensors
import Workers
import Workloads

/// A wrong answer, and where it is wrong.
struct Disagreement: Error {
    var message: String
    /// Nil if no element can be named.
    let answer: Answer?
}

/// A correct answer.
struct Verified {
    var answer: Answer
    /// See `KnownAnswer.outputs`.
    let fingerprint: UInt64
    /// A fingerprint of the bits of the outputs alone.
    let outputs: UInt64
}

extension ReadyCase {
    /// Compares the results with the reference; a network is compared layer by layer. Throws a `Disagreement` if they
    /// are wrong. The reference's memory is freed on return.
    ///
    /// - Parameters:
    ///   - known: a correct answer; if the outputs are the same, they need not be compared.
    ///   - references: where to look up the reference's outputs before computing them, and where to keep them.
    func verify(known: KnownAnswer? = nil, references: ReferenceFiles? = nil) throws -> Verified {
        let start = clock.now()
        var verified: Verified
        if let known, known.outputs == fingerprint {
            verified = Verified(answer: known.answer, fingerprint: known.outputs, outputs: outputs)
        } else {
            verified = try verifyInFull(references)
        }
        verified.answer.seconds = fingerprintSeconds + Double(clock.since(start)) * 1e-9
        return verified
    }

    /// The results without verification, for a caller who knows the right ones.
    func unverified() -> Verified {
        Verified(answer: nothingToCompare, fingerprint: fingerprint, outputs: outputs)
    }

    /// Checks whether the present outputs, after other runs, are those that were verified; if not, verifies them too.
    /// Returns the answer with the larger error. If runs change states, the outputs are those of another run from the
    /// start.
    func verifyAgain(_ verified: Verified) throws -> Answer {
        if !initial.isEmpty {
            reset()
            spoil()
            prepared.run()
        }
        try prepared.deliver()
        guard outputs != verified.outputs else { return verified.answer }
        do {
            var again = try verifyAgainInFull()
            again.seconds = verified.answer.seconds
            return again.share > verified.answer.share ? again : verified.answer
        } catch var disagreement as Disagreement {
            disagreement.message = "only after some calls: \(disagreement.message)"
            throw disagreement
        }
    }

    private func verifyInFull(_ references: ReferenceFiles?) throws -> Verified {
        if let network = prepared as? PreparedNetwork {
            let (answer, fingerprint) = try verify(network, references)
            return Verified(answer: answer, fingerprint: fingerprint, outputs: outputs)
        }
        let answer = try compareWithReference(references)
        return Verified(answer: answer, fingerprint: outputs, outputs: outputs)
    }

    private func verifyAgainInFull() throws -> Answer {
        guard let network = prepared as? PreparedNetwork else { return try compareWithReference(nil) }
        // Layers are compared as they run now. The outputs that earlier calls left must match that result.
        let left = try operands.withFreshOutputs(of: item.workload.operands)
        for output in item.workload.operands where output.role.isWritten {
            left[output.name].copy(from: operands[output.name])
        }
        let (answer, _) = try verify(network, nil)
        if let deviation = deviation(of: left, from: operands), !deviation.isTolerable {
            throw Disagreement(
                message: "the outputs change from call to call: \(deviation)", answer: Answer(deviation))
        }
        return answer
    }

    private func verify(_ network: PreparedNetwork, _ references: ReferenceFiles?) throws
        -> (Answer, fingerprint: UInt64)
    {
        try stage("verifying layer by layer")
        do {
            if network.isTrained {
                // With parameters that have changed since the layers were prepared: none may keep what it packed of them.
                reset()
                network.run()
                _ = try network.verify()
            }
            reset()
            let found = try network.verify()
            let expected = try expected(references)
            try network.verifyEnd(against: expected, reset: reset)
            try checkSubstance(expected)
            let answer = found.worst.map { Answer($0.deviation, layer: $0.layer) }
            return (answer ?? nothingToCompare, found.fingerprint)
        } catch let fault as LayerFault {
            throw Disagreement(message: fault.message, answer: fault.deviation.map { Answer($0) })
        }
    }

    /// Compares the present outputs.
    private func compareWithReference(_ references: ReferenceFiles?) throws -> Answer {
        let expected = try expected(references)
        try stage("verifying")
        guard let deviation = deviation(of: operands, from: expected) else { return nothingToCompare }
        guard deviation.isTolerable else {
            throw Disagreement(message: "\(deviation)", answer: Answer(deviation))
        }
        try checkSubstance(expected)
        return Answer(deviation)
    }

    /// Throws if an answer agrees with the reference but proves nothing.
    private func checkSubstance(_ expected: Operands) throws {
        guard let output = item.workload.vacuousOutput(of: operands, expected: expected) else { return }
        throw Disagreement(
            message: "more than nine tenths of '\(output.name)' are 0, though its inputs are not: this proves nothing",
            answer: nil)
    }

    /// The operands with the reference's outputs, from the cache or computed now.
    private func expected(_ references: ReferenceFiles?) throws -> Operands {
        let workload = item.workload
        try stage("computing the reference")
        let expected = try workload.expectedOperands(for: operands)
        initial.write(to: expected)
        let cache = references.map { ReferenceCache(files: $0, workload, expected) }
        if cache?.read(into: expected) != true {
            let start = clock.now()
            try workload.reference(expected)
            if Double(clock.since(start)) * 1e-9 >= ReferenceCache.leastSeconds { cache?.keep(expected) }
        }
        return expected
    }

    private func deviation(of answer: Operands, from expected: Operands) -> Deviation? {
        item.workload.deviation(of: answer, from: expected, errorGrowth: item.implementation.errorGrowth)
    }

    /// An output without elements is correct.
    private var nothingToCompare: Answer {
        let length = item.workload.reductionLength
        return Answer(error: 0, tolerance: Tolerance(reductionLength: length).bound, reductionLength: length)
    }
}

extension Answer {
    init(_ deviation: Deviation, layer: String? = nil) {
        self.init(
            error: deviation.error, tolerance: deviation.tolerance, reductionLength: deviation.reductionLength,
            layer: layer)
    }
}
