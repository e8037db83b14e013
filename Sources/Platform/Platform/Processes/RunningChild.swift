import CPlatform
import Foundation

/// A running child process: its input, its output by line or as a whole, and its end.
///
/// If nobody waited for it, it is killed and waited for in `deinit`.
package final class RunningChild {
    /// The result of reading a line.
    package enum Line: Sendable, Equatable {
        case line(Data)
        /// The child closed its output: no more will come.
        case closed
        case timeout
        case interrupted
    }

    private let pid: pid_t
    /// Whether the child runs behind a guard; `pid` is then the guard's.
    private let isGuarded: Bool
    /// The pipe that the guard watches: closing it ends the program and all its descendants.
    private var life: Int32?
    private var input: Int32?
    private let output: Int32
    private let errors: Int32
    /// The streams that are not closed yet.
    private var open: [Int32]
    private var received = Data()
    private var complaints = Data()
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var isOver = false

    /// Only this many last bytes of standard error are kept.
    private static let keptErrors = 4096
    /// How often the interrupt and the time limit are checked, in milliseconds.
    private static let tick: Int32 = 50

    init(pid: pid_t, input: Int32, output: Int32, errors: Int32, life: Int32?) {
        self.pid = pid
        isGuarded = life != nil
        self.life = life
        self.input = input
        self.output = output
        self.errors = errors
        open = [output, errors]
    }

    deinit {
        closeInput()
        if !isOver {
            kill()
            var usage = assay_usage()
            _ = assay_wait(pid, 1, &usage)
        }
        if let life { close(life) }
        close(output)
        close(errors)
    }

    /// Writes to the child's standard input. If the child is gone or has closed it, the bytes are dropped.
    package func write(_ bytes: Data) {
        guard let input else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Tells the child that no more input will come.
    package func closeInput() {
        if let input { close(input) }
        input = nil
    }

    /// The next line of the output, without its line break.
    package func nextLine(timeLimit: Double, interrupted: () -> Bool = { false }) -> Line {
        let deadline = Self.deadline(after: timeLimit)
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[..<end]
                received = Data(received[(end + 1)...])
                return .line(Data(line))
            }
            guard open.contains(output) else { return .closed }
            if interrupted() { return .interrupted }
            if DispatchTime.now().uptimeNanoseconds > deadline { return .timeout }
            listen()
        }
    }

    /// Reads the remaining output and waits for the end. Kills the child when the time is over.
    package func finish(
        timeLimit: Double, interrupted: () -> Bool = { false }
    ) throws(RunError) -> ChildProcess.Outcome {
        let deadline = Self.deadline(after: timeLimit)
        var forced: ChildProcess.End?
        while !open.isEmpty {
            listen()
            guard forced == nil else { continue }
            if interrupted() { forced = .interrupted }
            if DispatchTime.now().uptimeNanoseconds > deadline { forced = .timeout }
            if forced != nil { kill() }
        }
        var usage = assay_usage()
        isOver = true
        guard assay_wait(pid, 1, &usage) == pid else {
            throw RunError("the child process was lost", remedy: "run again")
        }
        let signal = assay_signal_of(usage.status)
        let natural: ChildProcess.End = signal != 0 ? .signal(signal) : .exit(Int32(assay_exit_of(usage.status)))
        return ChildProcess.Outcome(
            end: forced ?? natural, output: received, errors: String(decoding: complaints, as: UTF8.self),
            usage: ProcessUsage(usage))
    }

    /// Ends the child at once, with all its descendants if it is guarded.
    package func kill() {
        guard isGuarded else {
            _ = Glibc.kill(pid, SIGKILL)
            return
        }
        if let life { close(life) }
        life = nil
    }

    /// Reads what the child has written, or waits a moment for it.
    private func listen() {
        var polls = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&polls, nfds_t(polls.count), Self.tick)
        for item in polls where item.revents != 0 {
            guard let bytes = Pipe.read(item.fd, into: &buffer) else {
                open.removeAll { $0 == item.fd }
                continue
            }
            if item.fd == output {
                received += bytes
            } else {
                complaints = (complaints + bytes).suffix(Self.keptErrors)
            }
        }
    }

    private static func deadline(after seconds: Double) -> UInt64 {
        DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
    }
}
