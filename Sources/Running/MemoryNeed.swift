import Measurement
import Suites
import Workloads

extension Case {
    /// Bytes that one prepared set of operands occupies.
    package var bytesPerSet: Int {
        Costs(workload).leastTraffic + implementation.packedBytes + implementation.workspaceBytes
    }

    /// Bytes that verifying and measuring takes: the operands, the outputs of the reference, the sets that a cold measurement
    /// rotates, and the program itself.
    package func memoryNeed(coldBeyond cache: Int?) -> Int {
        var sets = 1
        if let cache {
            sets = min(Rotation.setsNeeded(bytesPerSet: bytesPerSet, lastLevelCache: cache), CaseMeasurement.mostSets)
        }
        let (operands, overflow) = bytesPerSet.multipliedReportingOverflow(by: sets)
        guard !overflow, operands < Int.max / 2 else { return Int.max }
        return operands + Costs(workload).outputBytes + Self.program
    }

    /// The program with its libraries and BLAS's own buffers.
    private static let program = 64 << 20
}
