import Instructions
import Results
import Settings
import Tensors
import Vectors

extension Ceilings {
    /// Time slices per ceiling. Only the best count, since any disturbance makes a slice slower. Many short slices are
    /// likely to include moments in which nothing else ran on any processor.
    private static let slices = 20

    /// Measures the limits of this machine, for every number of threads: multiply-adds per second with every
    /// instruction set, and bytes read per second from every memory level with the widest set.
    ///
    /// A level that cannot be measured (unknown size, too little memory) is left out. `callSeconds` stays 0.
    /// - Parameters:
    ///   - threads: numbers of threads, each thread pinned to its own processor; clamped to the number of processors.
    ///     nil for one thread and for all processors.
    ///   - seconds: the total time without filling the blocks; twice as long if the slices do not agree.
    package static func measure(on system: SystemView = .current, threads: [Int]? = nil, seconds: Double = 1)
        -> Ceilings
    {
        let counts = threadCounts(threads ?? [1, system.processors.count], processors: system.processors.count)
        let sets = InstructionSet.available(with: system.features)
        let caches = Machine.caches(of: system)
        let available = MemoryBudget.available(system.files)
        let reads = counts.flatMap { count in
            ReadBlock.all(caches: caches, threads: count, available: available).map { (block: $0, threads: count) }
        }
        let slice = Duration.seconds(seconds / Double(max(slices * (sets.count * counts.count + reads.count), 1)))
        // All rates that do not settle share the remaining time.
        let deadline = ContinuousClock.now + .seconds(2 * seconds)
        func best(_ threads: Int, _ preparation: @escaping ThreadTeam.Preparation) -> SettledRate? {
            let team = ThreadTeam(processors: Array(system.processors.prefix(threads)))
            var rates: [Double] = []
            while let more = team.throughputs(slices: slices, each: slice, preparation: preparation) {
                rates += more
                guard let rate = SettledRate(rates), !rate.isSettled, ContinuousClock.now < deadline else { break }
            }
            return SettledRate(rates)
        }

        var ceilings = Ceilings()
        for set in sets {
            for count in counts {
                guard let rate = best(count, { multiplyAdds(set) }) else { continue }
                ceilings.arithmetic.append(
                    Arithmetic(
                        instructionSet: set.rawValue, width: set.width, threads: count, flops: rate.value,
                        isSettled: rate.isSettled))
            }
        }
        guard let widest = sets.last else { return ceilings }
        for (block, count) in reads {
            guard let rate = best(count, { Self.reads(of: block, widest) }) else { continue }
            ceilings.bandwidth.append(
                Bandwidth(
                    level: block.level, block: block.bytes, threads: count, bytesPerSecond: rate.value,
                    isSettled: rate.isSettled))
        }
        return ceilings
    }

    /// Ascending, without duplicates, from 1 to the number of processors.
    private static func threadCounts(_ wanted: [Int], processors: Int) -> [Int] {
        guard processors > 0 else { return [] }
        return Set(wanted.map { min(max($0, 1), processors) }).sorted()
    }

    /// Work in FLOPs. A burst takes tens of microseconds: a thousand times as long as reading the clock.
    private static func multiplyAdds(_ set: InstructionSet) -> ThreadTeam.Burst? {
        guard let state = memory(Burst.stateFloats) else { return nil }
        let kernels = set.microkernels
        let rounds = 1 << 14
        let flops = Double(rounds * Burst.flops(lanes: set.lanes))
        return {
            kernels.fmaBurst(rounds: rounds, factor: 0.5, addend: 0.5, state: state.floats)
            return flops
        }
    }

    /// Work in bytes. A burst reads a small block many times, or the next piece of a large block.
    private static func reads(of block: ReadBlock, _ set: InstructionSet) -> ThreadTeam.Burst? {
        let count = block.bytes / MemoryLayout<Float>.stride
        guard let data = memory(count), let result = memory(Burst.stateFloats) else { return nil }
        let kernels = set.microkernels
        let piece = min(count, 1 << 18)
        let passes = piece == count ? max(1, (1 << 20) / count) : 1
        var offset = 0
        return {
            let length = min(piece, count - offset)
            kernels.readBurst(block: data.floats + offset, count: length, passes: passes, result: result.floats)
            offset += length
            if offset == count { offset = 0 }
            return Double(length * passes * MemoryLayout<Float>.stride)
        }
    }

    /// Floats first touched by the calling thread; nil if there is no memory.
    private static func memory(_ count: Int) -> Tensor? {
        Shape([count]).flatMap { try? Tensor(.f32, $0) }
    }
}
