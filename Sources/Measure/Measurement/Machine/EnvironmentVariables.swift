import Glibc

/// The environment, and which of its variables change how fast this program runs.
package enum EnvironmentVariables {
    private static let prefixes = ["OPENBLAS_", "OMP_", "MKL_", "GOTO_", "ASSAY_", "MALLOC_"]
    private static let names: Set<String> = ["LD_PRELOAD"]

    /// All variables of this process.
    package static var all: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }

    /// The variables that choose kernels, threads or the allocator: they are recorded in run files.
    package static func relevant(in environment: [String: String]) -> [String: String] {
        environment.filter { name, _ in names.contains(name) || prefixes.contains(where: name.hasPrefix) }
    }
}
