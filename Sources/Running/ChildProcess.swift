import CPlatform
import Foundation
import Results

/// A child process with pipes, waited for by wait4: what it used is its own and nobody else's.
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
    /// Variables set over the environment of this process.
    package let environment: [String: String]

    package init(executable: String, arguments: [String], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// Standard error beyond this is dropped from its beginning.
    private static let keptErrors = 4096
    /// How often an interrupt and the time limit are looked at, in milliseconds.
    private static let tick: Int32 = 50

    /// Runs to the end. Throws where the child cannot be started.
    package func run(input: Data, timeLimit: Double, interrupted: () -> Bool = { false }) throws -> Outcome {
        guard input.count <= Pipe.capacity else {
            throw RunError("a request of \(input.count) bytes is too long", remedy: "shorten the names in it")
        }
        let (stdin, stdout, stderr) = (try Pipe.open(), try Pipe.open(), try Pipe.open())
        // Into the pipe before there is a child: a child that ends without reading it cannot make the write fail.
        _ = input.withUnsafeBytes { write(stdin.write, $0.baseAddress, $0.count) }
        close(stdin.write)
        let child = try spawn(stdin: stdin, stdout: stdout, stderr: stderr)
        close(stdin.read)
        close(stdout.write)
        close(stderr.write)
        defer {
            close(stdout.read)
            close(stderr.read)
        }

        let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(timeLimit * 1e9)
        var (output, errors) = (Data(), Data())
        var forced: End?
        var open: [Int32] = [stdout.read, stderr.read]
        while !open.isEmpty {
            var polls = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            _ = poll(&polls, nfds_t(polls.count), Self.tick)
            for item in polls where item.revents != 0 {
                if let bytes = Pipe.read(item.fd) {
                    if item.fd == stdout.read {
                        output += bytes
                    } else {
                        errors = (errors + bytes).suffix(Self.keptErrors)
                    }
                } else {
                    open.removeAll { $0 == item.fd }
                }
            }
            if forced == nil {
                if interrupted() { forced = .interrupted }
                if DispatchTime.now().uptimeNanoseconds > deadline { forced = .timeout }
                if forced != nil { kill(child, SIGKILL) }
            }
        }
        var usage = assay_usage()
        guard assay_wait(child, 1, &usage) == child else {
            throw RunError("the child process was lost", remedy: "run again")
        }
        let signal = assay_signal_of(usage.status)
        let natural: End = signal != 0 ? .signal(signal) : .exit(Int32(assay_exit_of(usage.status)))
        return Outcome(
            end: forced ?? natural, output: output, errors: String(decoding: errors, as: UTF8.self),
            usage: ProcessUsage(usage))
    }

    private func spawn(stdin: Pipe, stdout: Pipe, stderr: Pipe) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, stdin.read, 0)
        posix_spawn_file_actions_adddup2(&actions, stdout.write, 1)
        posix_spawn_file_actions_adddup2(&actions, stderr.write, 2)
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let argv = ([executable] + arguments).map { strdup($0) } + [nil]
        let envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child = pid_t()
        let error = posix_spawn(&child, executable, &actions, nil, argv, envp)
        guard error == 0 else {
            close(stdin.read)
            for pipe in [stdout, stderr] { pipe.closeBoth() }
            throw RunError(
                "the measuring process '\(executable)' cannot be started: \(String(cString: strerror(error)))",
                remedy: "see that the program is still there and executable")
        }
        return child
    }

    /// Two ends, closed in children that are not meant to have them.
    private struct Pipe {
        let read: Int32
        let write: Int32

        /// Bytes that a pipe takes before it has a reader (pipe(7): 16 pages).
        static let capacity = 1 << 16

        static func open() throws -> Pipe {
            var ends: [Int32] = [0, 0]
            let error = assay_pipe(&ends)
            guard error == 0 else {
                throw RunError(
                    "no pipe: \(String(cString: strerror(-error)))", remedy: "raise the limit of open files (ulimit -n)"
                )
            }
            return Pipe(read: ends[0], write: ends[1])
        }

        func closeBoth() {
            close(read)
            close(write)
        }

        /// What is there now, or nil at the end.
        static func read(_ descriptor: Int32) -> Data? {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { return Data() }
            return count > 0 ? Data(buffer[..<count]) : nil
        }
    }
}

extension ProcessUsage {
    /// From wait4's.
    init(_ usage: assay_usage) {
        self.init(
            maxResidentBytes: Int(usage.max_resident_bytes), minorFaults: Int(usage.minor_faults),
            majorFaults: Int(usage.major_faults), voluntarySwitches: Int(usage.voluntary_switches),
            involuntarySwitches: Int(usage.involuntary_switches), userSeconds: usage.user_seconds,
            systemSeconds: usage.system_seconds)
    }
}
