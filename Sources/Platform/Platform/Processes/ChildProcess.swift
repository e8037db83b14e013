import CPlatform
import Foundation

/// A program to be started with pipes, and waited for by wait4: what it used is its own and nobody else's.
///
/// Written here and not with a subprocess library because none gives the resource usage of the one child.
package struct ChildProcess: Sendable {
    /// How a child ended.
    package enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
        /// Killed by us: it took longer than it may.
        case timeout
        /// Killed by us: the user wants to stop.
        case interrupted
    }

    package struct Outcome: Sendable {
        package let end: End
        package let output: Data
        /// The end of what it wrote to standard error.
        package let errors: String
        package let usage: ProcessUsage
    }

    package let executable: String
    package let arguments: [String]
    /// Variables set over the environment of this process; nil takes one away.
    package let environment: [String: String?]
    /// Where it runs; nil is here.
    package let folder: String?
    /// It and all that it starts end when this process does, however it ends: for programs that are not ours. What it used is
    /// then not known. Workers see to that themselves.
    package let isGuarded: Bool
    /// What it writes to standard error comes with its output, in the order in which it was written.
    package let mergesErrors: Bool

    package init(
        executable: String, arguments: [String], environment: [String: String?] = [:], folder: String? = nil,
        isGuarded: Bool = false, mergesErrors: Bool = false
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.isGuarded = isGuarded
        self.mergesErrors = mergesErrors
    }

    /// The most bytes that may be written to a child before it reads: so many fit into any socket's buffer.
    static let mostInput = 1 << 16

    /// Runs to the end. Throws where the child cannot be started.
    package func run(
        input: Data = Data(), timeLimit: Double, interrupted: () -> Bool = { false }
    ) throws -> Outcome {
        guard input.count <= Self.mostInput else {
            throw RunError("a request of \(input.count) bytes is too long", remedy: "shorten the names in it")
        }
        let child = try start()
        child.write(input)
        child.closeInput()
        return try child.finish(timeLimit: timeLimit, interrupted: interrupted)
    }

    /// Starts it. Throws where that cannot be done.
    package func start() throws -> RunningChild {
        let (stdin, stdout, stderr) = (try Pipe.openSockets(), try Pipe.open(), try Pipe.open())
        var (child, life) = (pid_t(), Int32?.none)
        let error = spawn([stdin.read, stdout.write, mergesErrors ? stdout.write : stderr.write], &child, &life)
        close(stdin.read)
        close(stdout.write)
        close(stderr.write)
        guard error == 0 else {
            for end in [stdin.write, stdout.read, stderr.read] { close(end) }
            throw RunError(
                "'\(executable)' cannot be started: \(String(cString: strerror(error)))",
                remedy: "see that the program is there and executable")
        }
        return RunningChild(
            pid: child, input: stdin.write, output: stdout.read, errors: stderr.read, life: life)
    }

    /// Starts it with these streams. Returns 0 or an errno.
    private func spawn(_ streams: [Int32], _ child: inout pid_t, _ life: inout Int32?) -> Int32 {
        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value }
        let argv = ([executable] + arguments).map { strdup($0) } + [nil]
        let envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        if isGuarded {
            var end = Int32()
            let pid = assay_spawn_guarded(executable, argv, envp, folder, streams, &end)
            guard pid > 0 else { return -pid }
            (child, life) = (pid, end)
            return 0
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        if let folder { _ = assay_spawn_in(&actions, folder) }
        return posix_spawnp(&child, executable, &actions, nil, argv, envp)
    }
}
