import Measurement
import Networks
import Results
import Tensors
import Workers
import Workloads

/// An answer that is wrong, and where.
struct Disagreement: Error {
    var message: String
    /// Nil if there is no element to name.
    let answer: Answer?
}

/// An answer that is right.
struct Verified {
    var answer: Answer
    /// See `KnownAnswer.outputs`.
    let fingerprint: UInt64
    /// Of the bits of the outputs alone.
    let outputs: UInt64
}

extension ReadyCase {
    /// Compares what was computed with the reference; a network is compared layer by layer. Throws a `Disagreement` if it is
    /// wrong. What the reference took is freed when it returns.
    ///
    /// - Parameters:
    ///   - known: an answer that is right: where the outputs are the same they need not be compared.
    ///   - references: where to look for outputs of the reference before they are computed, and to keep them.
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

    /// What was computed, for whoever knows what that should be.
    func unverified() -> Verified {
        Verified(answer: nothingToCompare, fingerprint: fingerprint, outputs: outputs)
    }

    /// Looks whether the outputs as they are now, after other runs, are those that were verified; if not, verifies them too.
    /// Returns the answer that is further off. Where states were changed by each run, the outputs are those of one more from the
    /// beginning.
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
            disagreement.message = "not at first, but after some calls: \(disagreement.message)"
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
        // The layers are compared as they run now. The outputs that earlier calls left must be what comes of that.
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

    /// Compares the outputs as they are now.
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

    /// Throws where an answer agrees with the reference, but proves nothing.
    private func checkSubstance(_ expected: Operands) throws {
        guard let output = item.workload.vacuousOutput(of: operands, expected: expected) else { return }
        throw Disagreement(
            message: "more than nine tenths of '\(output.name)' are 0, though its inputs are not: this proves nothing",
            answer: nil)
    }

    /// The operands with the outputs of the reference, as kept or computed now.
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

    /// An output without elements is right.
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
