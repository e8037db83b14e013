/// The measured limits of this machine: the roof of a roofline.
package struct Ceilings: Codable, Sendable, Hashable {
    /// Multiply-adds in registers, without loads.
    package struct Arithmetic: Codable, Sendable, Hashable {
        /// `baseline`, `avx2`, `avx512`, `neon`.
        package var instructionSet: String
        /// Bits per vector.
        package var width: Int
        package var threads: Int
        /// FLOP/s in fp32, two per multiply-add.
        package var flops: Double
        /// Whether the time slices of the measurement agreed; nil in older files.
        package var isSettled: Bool?

        package init(instructionSet: String, width: Int, threads: Int, flops: Double, isSettled: Bool? = nil) {
            self.instructionSet = instructionSet
            self.width = width
            self.threads = threads
            self.flops = flops
            self.isSettled = isSettled
        }
    }

    /// Reading a block that fits into one level of the memory hierarchy.
    package struct Bandwidth: Codable, Sendable, Hashable {
        /// `L1`, `L2`, `L3`, `memory`.
        package var level: String
        /// Bytes of the block that each thread reads.
        package var block: Int
        package var threads: Int
        package var bytesPerSecond: Double
        /// Whether the time slices of the measurement agreed; nil in older files.
        package var isSettled: Bool?

        package init(level: String, block: Int, threads: Int, bytesPerSecond: Double, isSettled: Bool? = nil) {
            self.level = level
            self.block = block
            self.threads = threads
            self.bytesPerSecond = bytesPerSecond
            self.isSettled = isSettled
        }
    }

    package var arithmetic: [Arithmetic]
    package var bandwidth: [Bandwidth]
    /// Seconds per empty call in the harness.
    package var callSeconds: Double

    package init(arithmetic: [Arithmetic] = [], bandwidth: [Bandwidth] = [], callSeconds: Double = 0) {
        self.arithmetic = arithmetic
        self.bandwidth = bandwidth
        self.callSeconds = callSeconds
    }

    /// The highest arithmetic ceiling for this many threads.
    package func peakFlops(threads: Int) -> Double? {
        arithmetic.filter { $0.threads == threads }.map(\.flops).max()
    }
}
