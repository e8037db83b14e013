import CPlatform
import Foundation

/// A child process that runs: its input, its output line by line or whole, and its end.
///
/// One that nobody waited for is killed and waited for when it is let go.
package final class RunningChild {
    /// What reading a line comes to.
    package enum Line: Sendable, Equatable {
        case line(Data)
        /// It has closed its output: there will be no more.
        case closed
        case timeout
        case interrupted
    }

    private let pid: pid_t
    /// Whether it stands behind a guard, which then has its process id.
    private let isGuarded: Bool
    /// What the guard watches: closing it ends the program and all that it has started.
    private var life: Int32?
    private var input: Int32?
    private let output: Int32
    private let errors: Int32
    /// Those that are not closed yet.
    private var open: [Int32]
    private var received = Data()
    private var complaints = Data()
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var isOver = false

    /// Standard error beyond this is dropped from its beginning.
    private static let keptErrors = 4096
    /// How often an interrupt and the time limit are looked at, in milliseconds.
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

    /// Writes to its standard input; a child that is gone, or has closed it, hears nothing.
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

    /// Tells it that nothing more will come.
    package func closeInput() {
        if let input { close(input) }
        input = nil
    }

    /// The next line of its output, without its end.
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

    /// Reads what is left, and waits for its end; kills it when the time is over.
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

    /// Ends it at once, and all that it has started where it is guarded.
    package func kill() {
        guard isGuarded else {
            _ = Glibc.kill(pid, SIGKILL)
            return
        }
        if let life { close(life) }
        life = nil
    }

    /// Takes in what it has written, or waits a moment for it.
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
