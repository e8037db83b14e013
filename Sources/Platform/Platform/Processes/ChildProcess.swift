import CPlatform
import Foundation

/// A program to start with pipes and wait for with wait4, so that the resource usage is that of this child alone.
///
/// We do not use a subprocess library because none reports the resource usage of a single child.
package struct ChildProcess: Sendable {
    /// How a child ended.
    package enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
        /// Killed by us: it exceeded the time limit.
        case timeout
        /// Killed by us: the user wants to stop.
        case interrupted
    }

    package struct Outcome: Sendable {
        package let end: End
        package let output: Data
        /// The end of its standard error.
        package let errors: String
        package let usage: ProcessUsage
    }

    package let executable: String
    package let arguments: [String]
    /// Variables to set on top of this process's environment; nil removes one.
    package let environment: [String: String?]
    /// The working folder; nil for that of this process.
    package let folder: String?
    /// Whether the program and all its descendants end when this process does, however it ends. For programs that are
    /// not ours. Their resource usage is then unknown. Workers see to that themselves.
    package let isGuarded: Bool
    /// Whether standard error is merged into the output, in the order of writing.
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

    /// The most bytes to write to a child before it reads: they fit into any socket's buffer.
    static let mostInput = 1 << 16

    /// Runs the program to its end. Throws if it cannot be started.
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

    /// Starts the program. Throws if it cannot be started.
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
                remedy: "check that the program exists and is executable")
        }
        return RunningChild(
            pid: child, input: stdin.write, output: stdout.read, errors: stderr.read, life: life)
    }

    /// Starts the program with these streams. Returns 0 or an errno.
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
