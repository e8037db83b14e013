import Foundation
import Platform
import Results
import Workers

/// A program of ours, of any age, and the folder whose suites it reads.
package struct Contender: Sendable, Hashable {
    package let executable: String
    /// The same program linked in different orders, this one first: rounds rotate over them.
    package let layouts: [String]
    package let folder: String
    /// The version of the worker protocol that it speaks.
    package let version: Int

    /// Asks a program for its protocol version.
    /// - Parameters:
    ///   - name: the revision, for error messages.
    ///   - others: the same program linked in other orders.
    package init(
        executable: String, others: [String] = [], folder: String, name: String, interrupted: () -> Bool = { false }
    ) throws {
        self.executable = executable
        layouts = [executable] + others
        self.folder = folder
        let worker = Worker(executable: executable, folder: folder)
        func ask(_ task: WorkerRequest.Task) throws -> WorkerMessage? {
            let reply = try worker.ask(task, timeLimit: Self.patience, interrupted: interrupted)
            if reply.end == .interrupted { throw Interrupted() }
            return reply.end == .exit(0) ? reply.result : nil
        }
        if case .hello(let version) = try ask(.hello) {
            self.version = version
            return
        }
        // Protocol 1 has no such request, but answers one about an unknown case.
        let nothing = MeasureTask(name: "hello", seed: 1, sampling: SamplingOptions())
        guard case .failed = try ask(.measure(nothing)) else {
            throw ComparisonError.usage(
                "\(name) cannot be compared: its program has no worker command",
                remedy: "choose a later revision: the commands came with \"Run a plan\" and \"Add the commands\"")
        }
        version = 1
    }

    /// Time limit in seconds for requests that measure nothing.
    static let patience = 60.0

    /// Whether it can take turns with another program.
    package var takesTurns: Bool { version >= 2 }

    /// What it knows about a suite and about cases by name. Throws its `Failure`, as for a missing suite.
    package func list(
        suite: String? = nil, names: [String] = [], threads: Int? = nil, interrupted: () -> Bool = { false }
    ) throws -> Listing {
        let task = ListTask(suite: suite, names: names, threads: threads)
        let reply = try Worker(executable: executable, folder: folder)
            .ask(.list(task), timeLimit: Self.patience, interrupted: interrupted)
        switch (reply.end, reply.result) {
        case (.interrupted, _): throw Interrupted()
        case (.exit(0), .listed(let listing)): return listing
        case (_, .failed(let failure, _)): throw failure
        default: throw reply.death
        }
    }

    /// The costs that a program of protocol 1 counts for the shapes of a suite, by shape: `conv2d[...]`. Empty if it
    /// does not report them.
    func costs(of suite: String) -> [String: CountedCosts] {
        let process = ChildProcess(
            executable: executable, arguments: ["show", suite, "--format", "json"], folder: folder)
        guard let outcome = try? process.run(timeLimit: Self.patience), outcome.end == .exit(0),
            let shapes = try? JSONDecoder().decode([ShownShape].self, from: outcome.output)
        else { return [:] }
        return Dictionary(shapes.map { ($0.shape, $0.costs) }) { first, _ in first }
    }

    /// A shape as written by `assay show --format json`.
    private struct ShownShape: Decodable {
        let shape: String
        let macs: Int
        let parameters: Int
        let weightBytes: Int
        let operandBytes: Int
        let elementOperations: [String: Int]

        /// Inputs and outputs are not separate there: all bytes count as inputs.
        var costs: CountedCosts {
            CountedCosts(
                macs: macs, elementOperations: elementOperations, parameters: parameters, weightBytes: weightBytes,
                inputBytes: operandBytes, outputBytes: 0)
        }
    }
}
