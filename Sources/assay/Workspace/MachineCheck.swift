import Measurement
import Running

/// Looks before anything is measured whether this machine can do what is asked.
enum MachineCheck {
    /// Warns if a case has more threads than can run at once.
    ///
    /// Throws if they are to be pinned, each to a processor of its own, and there are not so many; and if OpenBLAS is forced
    /// to use instructions that this processor does not have.
    static func run(threads: some Sequence<Int>, pin: Bool = false, on host: SystemView) throws(SuiteError) {
        if let conflict = OpenBLASCore.conflict(on: host) {
            throw SuiteError(conflict.message, at: Place(file: OpenBLASCore.variable), remedy: conflict.remedy)
        }
        let supply = ThreadSupply(host)
        guard let most = threads.max(), let shortage = supply.shortage(of: most) else { return }
        if pin, most > supply.processors {
            throw SuiteError(
                shortage, at: Place(file: "--pin"),
                remedy: "ask for at most --threads \(supply.processors), or allow more processors (taskset, cpuset)")
        }
        Diagnostics.warning("\(shortage): threads will wait for each other, and the times say little about the kernels")
    }
}
