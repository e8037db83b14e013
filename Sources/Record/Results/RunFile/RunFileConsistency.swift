import Platform
import Settings

// Rejects lines that can be decoded but cannot be true: a damaged digit, a mistake of the program that wrote them.
// Reports can then compute with the figures safely. Inconsistent lines are neither written nor read.

extension RunLine: Checked {
    package func check(_ figures: inout FigureCheck) {
        switch self {
        case .header(let header): figures.inside("header", header)
        case .ceilings(let ceilings): figures.inside("ceilings", ceilings)
        case .record(let record): figures.inside("record", record)
        case .end(let end): figures.inside("end", end)
        }
    }
}

extension RunHeader: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(planned, "planned")
        figures.inside("machine", machine)
    }
}

extension Machine: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(processors, "processors", in: 0...FigureCheck.mostThreads)
        figures.amount(quota, "quota")
        figures.count(memoryBytes, "memoryBytes")
        for cache in caches {
            figures.count(cache.bytes, "caches.bytes")
            figures.count(cache.sharedBy, "caches.sharedBy", in: 0...FigureCheck.mostThreads)
        }
    }
}

extension Ceilings: Checked {
    package func check(_ figures: inout FigureCheck) {
        for ceiling in arithmetic {
            figures.amount(ceiling.flops, "arithmetic.flops")
            figures.count(ceiling.threads, "arithmetic.threads", in: 1...FigureCheck.mostThreads)
        }
        for ceiling in bandwidth {
            figures.amount(ceiling.bytesPerSecond, "bandwidth.bytesPerSecond")
            figures.count(ceiling.threads, "bandwidth.threads", in: 1...FigureCheck.mostThreads)
            figures.count(ceiling.block, "bandwidth.block")
        }
        figures.amount(callSeconds, "callSeconds")
    }
}

extension RunEnd: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(measured, "measured")
        figures.count(skipped, "skipped")
        figures.count(failed, "failed")
        figures.amount(wallSeconds, "wallSeconds")
    }
}

extension Record: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.require(!`case`.isEmpty, "case", "is empty")
        figures.count(setting.threads, "threads", in: 1...FigureCheck.mostThreads)
        figures.count(setting.ranks, "ranks", in: 1...FigureCheck.mostThreads)
        figures.amount(wallSeconds, "wallSeconds")
        switch status {
        case .measured:
            figures.require(samples?.seconds.isEmpty == false, "samples", "are missing, although the case was measured")
        case .skipped, .failed:
            figures.require(failure != nil, "failure", "is missing, although the status is \(status)")
        }
        figures.inside("costs", costs)
        figures.inside("answer", answer)
        figures.inside("preparation", preparation)
        figures.inside("plan", plan)
        figures.inside("samples", samples)
        figures.inside("memory", memory)
        figures.inside("process", process)
    }
}

extension CountedCosts: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(macs, "macs")
        figures.count(executedMACs, "executedMACs")
        figures.count(parameters, "parameters")
        figures.count(weightBytes, "weightBytes")
        figures.count(inputBytes, "inputBytes")
        figures.count(outputBytes, "outputBytes")
        figures.count(unreadBytes, "unreadBytes", in: 0...max(inputBytes, 0))
        // FLOPs, two per MAC, are added to these.
        let most = Int.max / 2
        var sum = 0
        for (kind, count) in elementOperations.sorted(by: { $0.key < $1.key }) {
            figures.count(count, "elementOperations.\(kind)")
            guard figures.fault == nil else { return }
            figures.require(count <= most - sum, "elementOperations", "add up to more than \(most)")
            guard figures.fault == nil else { return }
            sum += count
        }
    }
}

extension Answer: Checked {
    package func check(_ figures: inout FigureCheck) {
        // The error of a NaN is infinite.
        figures.require(error >= 0, "error", "is \(error), but must be at least 0")
        figures.amount(tolerance, "tolerance")
        figures.count(reductionLength, "reductionLength")
        figures.amount(seconds, "seconds")
    }
}

extension Preparation: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.amount(seconds, "seconds")
        figures.count(packedBytes, "packedBytes")
        figures.count(workspaceBytes, "workspaceBytes")
        figures.count(activationBytes, "activationBytes")
    }
}

extension Samples: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.amounts(seconds, "seconds")
        for (name, values) in columns.sorted(by: { $0.key < $1.key }) {
            figures.require(
                values.count == seconds.count, name, "has \(values.count) values for \(seconds.count) samples")
            let isWhole = CounterCatalog.counter(named: name)?.isWhole ?? false
            isWhole ? figures.counts(values, name) : figures.amounts(values, name)
        }
        figures.amount(elapsed, "elapsed")
        figures.amount(resolution, "resolution")
        figures.count(calls, "calls", in: 1...FigureCheck.mostCount)
        figures.count(warmupCalls, "warmupCalls")
        figures.count(sets, "sets", in: 1...FigureCheck.mostCount)
    }
}

extension Memory: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(baseline, "baseline")
        figures.count(peak, "peak")
        figures.count(allocations, "allocations")
        figures.count(wholePeak, "wholePeak")
    }
}

extension ProcessUsage: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(maxResidentBytes, "maxResidentBytes")
        figures.count(minorFaults, "minorFaults")
        figures.count(majorFaults, "majorFaults")
        figures.count(voluntarySwitches, "voluntarySwitches")
        figures.count(involuntarySwitches, "involuntarySwitches")
        figures.amount(userSeconds, "userSeconds")
        figures.amount(systemSeconds, "systemSeconds")
    }
}
