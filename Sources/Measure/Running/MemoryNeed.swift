import Measurement
import Networks
import Settings
import Workloads

extension Case {
    /// Bytes of one prepared set of operands; a copy of the initial states is included.
    package var bytesPerSet: Int {
        workload.operands.reduce(0) { $0 + ($1.role == .state ? 2 : 1) * $1.bytes }
            + implementation.workspace.packedBytes + implementation.workspace.bytes(threads: setting.threads)
            + (implementation.activationBytes ?? 0)
    }

    /// Bytes needed to verify and measure: the operands, the reference, the sets that a cold measurement rotates, and
    /// the program itself.
    package func memoryNeed(coldBeyond cache: Int?) -> Int {
        var sets = 1
        if let cache {
            sets = min(Rotation.setsNeeded(bytesPerSet: bytesPerSet, lastLevelCache: cache), CaseMeasurement.mostSets)
        }
        let (operands, overflow) = bytesPerSet.multipliedReportingOverflow(by: sets)
        guard !overflow, operands < Int.max / 2 else { return Int.max }
        let (need, tooMuch) = operands.addingReportingOverflow(verificationBytes)
        return tooMuch || need > Int.max - Self.program ? Int.max : need + Self.program
    }

    /// Bytes that verifying needs in addition to the operands and the implementation.
    private var verificationBytes: Int {
        let network = workload as? Network
        let plan = implementation.name == "reference" ? nil : try? network?.plan(preferring: implementation.name)
        return max(plan?.verificationBytes ?? 0, workload.referenceBytes)
    }

    /// Why the case should not start, if the system could only kill it for lack of memory; nil if there is enough
    /// memory or the system does not say.
    package func shortage(available: Int?, coldBeyond cache: Int? = nil) -> String? {
        let need = memoryNeed(coldBeyond: cache)
        guard let available, need > available else { return nil }
        return "needs \(need >> 20) MiB, \(available >> 20) MiB are available; not started"
    }

    /// The program with its libraries and BLAS's buffers.
    private static let program = 64 << 20
}
