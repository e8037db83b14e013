extension Ceilings {
    /// What is impossible or doubtful about these ceilings, one phrase each. If other programs run during a
    /// measurement, a ceiling comes out too low, and others may exceed it that cannot.
    package var doubts: [String] {
        // Two measurements of the same ceiling may differ by this much.
        func isAbove(_ high: Double, _ low: Double) -> Bool { high > low * RooflineShare.possible }
        var found: [String] = []
        for threads in Set(bandwidth.map(\.threads)).sorted() {
            let levels = bandwidth.filter { $0.threads == threads }
            for (near, far) in zip(levels, levels.dropFirst())
            where isAbove(far.bytesPerSecond, near.bytesPerSecond) {
                found.append("\(far.level) reads faster than \(near.level) (\(Self.text(threads)))")
            }
        }
        for one in bandwidth where one.threads == 1 {
            for many in bandwidth
            where many.level == one.level && many.threads > 1 && isAbove(one.bytesPerSecond, many.bytesPerSecond) {
                found.append("\(Self.text(many.threads)) read \(one.level) slower than one")
            }
        }
        for one in arithmetic where one.threads == 1 {
            for many in arithmetic
            where many.instructionSet == one.instructionSet && many.threads > 1 && isAbove(one.flops, many.flops) {
                found.append("\(Self.text(many.threads)) compute slower than one (\(one.instructionSet))")
            }
        }
        let unsettled =
            arithmetic.filter { $0.isSettled == false }.map { "\($0.instructionSet), \(Self.text($0.threads))" }
            + bandwidth.filter { $0.isSettled == false }.map { "\($0.level), \(Self.text($0.threads))" }
        if !unsettled.isEmpty {
            found.append("the three best measurements differ by more than 3 % on \(unsettled.joined(separator: "; "))")
        }
        return found
    }

    private static func text(_ threads: Int) -> String { threads == 1 ? "1 thread" : "\(threads) threads" }
}
