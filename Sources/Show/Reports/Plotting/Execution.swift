import CGnuplot
import Foundation

/// A program that was run to its end.
struct Execution {
    /// Its exit code, or 128 and the signal that ended it.
    let status: Int32
    /// What it wrote, standard output and error together.
    let output: String

    /// Why it did not run.
    enum Failure: Error, Hashable {
        /// An error number of the system.
        case notStarted(Int32)
        case outOfTime
    }

    /// Runs a program, looked up in PATH, and what it starts; all of it is killed after `limit` seconds, and when this
    /// process ends.
    /// - Parameters:
    ///   - folder: where it runs.
    ///   - script: the path of a script that gnuplot is told to load.
    static func run(
        _ arguments: [String], in folder: String = ".", loading script: String? = nil, limit: Double
    ) throws(Failure) -> Execution {
        let pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var status: Int32 = 0
        var output: UnsafeMutablePointer<CChar>?
        let error = assay_execute(pointers, folder, script, limit, &status, &output)
        defer { free(output) }
        if error == ETIMEDOUT { throw .outOfTime }
        guard error == 0 else { throw .notStarted(error) }
        return Execution(status: status, output: output.map { String(cString: $0) } ?? "")
    }
}
