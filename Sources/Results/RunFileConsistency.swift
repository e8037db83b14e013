/// What cannot be true of a line though it can be read: a damaged digit, a mistake of whoever wrote it. Reports compute
/// with these figures and need not doubt them.
extension RunLine {
    /// What is wrong with the figures, or nil. Lines that have something wrong are neither written nor read.
    package var inconsistency: String? {
        switch self {
        case .header(let header): header.planned < 0 ? "a negative number of planned cases" : nil
        case .ceilings(let ceilings): ceilings.inconsistency
        case .record(let record): record.inconsistency
        case .end(let end):
            end.measured < 0 || end.skipped < 0 || end.failed < 0 || !isDuration(end.wallSeconds)
                ? "counts or seconds that cannot be" : nil
        }
    }
}

extension Ceilings {
    fileprivate var inconsistency: String? {
        guard arithmetic.allSatisfy({ $0.flops.isFinite && $0.flops >= 0 && $0.threads >= 1 }) else {
            return "an arithmetic ceiling that cannot be"
        }
        guard bandwidth.allSatisfy({ isDuration($0.bytesPerSecond) && $0.threads >= 1 && $0.block >= 0 }) else {
            return "a bandwidth that cannot be"
        }
        return isDuration(callSeconds) ? nil : "a time of a call that cannot be"
    }
}

extension Record {
    fileprivate var inconsistency: String? {
        if `case`.isEmpty { return "a case without a name" }
        if threads < 1 { return "fewer than one thread" }
        if !isDuration(wallSeconds) { return "a wall time that cannot be" }
        switch status {
        case .measured where samples?.seconds.isEmpty ?? true: return "measured, but without samples"
        case .skipped where failure == nil, .failed where failure == nil: return "\(status), but not why"
        default: break
        }
        if let answer,
            answer.error.isNaN || answer.error < 0 || !isDuration(answer.tolerance) || !isDuration(answer.seconds ?? 0)
        {
            return "an error of the answer that cannot be"
        }
        if let preparation,
            !isDuration(preparation.seconds) || preparation.packedBytes < 0 || preparation.workspaceBytes < 0
                || preparation.activationBytes ?? 0 < 0
        {
            return "a preparation that cannot be"
        }
        if let memory,
            [memory.baseline, memory.peak, memory.allocations ?? 0, memory.wholePeak ?? 0].contains(where: { $0 < 0 })
        {
            return "memory below 0"
        }
        return costs.inconsistency ?? samples?.inconsistency ?? process?.inconsistency
    }
}

extension CountedCosts {
    fileprivate var inconsistency: String? {
        // Sums of a few of them must fit: FLOPs and operations, all bytes.
        let counts =
            [macs, executedMACs ?? 0, parameters, weightBytes, inputBytes, outputBytes] + elementOperations.values
        guard counts.allSatisfy({ (0...Int.max / 8).contains($0) }) else { return "costs below 0, or too large" }
        var sum = 0
        for count in elementOperations.values {
            let (next, overflow) = sum.addingReportingOverflow(count)
            guard !overflow, next <= Int.max / 2 else { return "costs too large" }
            sum = next
        }
        return nil
    }
}

extension Samples {
    fileprivate var inconsistency: String? {
        let count = seconds.count
        let columns = [cpuShare.count, involuntarySwitches.count, minorFaults.count, majorFaults.count]
        guard columns.allSatisfy({ $0 == count }), throttled.isEmpty || throttled.count == count else {
            return "columns of samples of unequal length"
        }
        guard (seconds + cpuShare + [elapsed, resolution]).allSatisfy(isDuration) else {
            return "a time of a sample that cannot be"
        }
        guard (involuntarySwitches + minorFaults + majorFaults + throttled).allSatisfy({ $0 >= 0 }) else {
            return "a count of a sample below 0"
        }
        return calls >= 1 && warmupCalls >= 0 && sets >= 1 ? nil : "calls or sets that cannot be"
    }
}

extension ProcessUsage {
    fileprivate var inconsistency: String? {
        let counts = [maxResidentBytes, minorFaults, majorFaults, voluntarySwitches, involuntarySwitches]
        guard counts.allSatisfy({ $0 >= 0 }), isDuration(userSeconds), isDuration(systemSeconds) else {
            return "a use of the process that cannot be"
        }
        return nil
    }
}

private func isDuration(_ value: Double) -> Bool { value >= 0 && value.isFinite }
