import CGnuplot
import Foundation

/// The result of a program that ran to its end.
struct Execution {
    /// The exit code, or 128 plus the signal that ended it.
    let status: Int32
    /// Standard output and error together.
    let output: String

    /// Why the program did not run to its end.
    enum Failure: Error, Hashable {
        /// The system's error number.
        case notStarted(Int32)
        case outOfTime
    }

    /// Runs a program, searched for in PATH. It and its children are killed after `limit` seconds, and when this
    /// process ends.
    /// - Parameters:
    ///   - folder: the working folder.
    ///   - script: the path of a script that gnuplot should load.
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
