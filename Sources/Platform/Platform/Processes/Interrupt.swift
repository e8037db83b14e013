import CPlatform
import Foundation
import Synchronization

/// Ctrl-C and similar signals: the first lets the run end in order and keep its results; a second ends it at once.
package enum Interrupt {
    /// The number of the first signal; 0 before there is one.
    private static let seen = Atomic<Int32>(0)

    /// Signals that end a command: from the keyboard, by `kill`, or when the terminal closes.
    private static let signals = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]

    /// Begins to listen. A hangup stays ignored if our parent ignores it (nohup).
    package static func install() {
        for number in signals where number != SIGHUP || !isIgnored(number) {
            signal(number) { number in
                let (isFirst, _) = Interrupt.seen.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                if !isFirst {
                    signal(number, SIG_DFL)
                    raise(number)
                }
            }
        }
    }

    /// Stops listening: from here on a signal ends the process at once. If one has come already, the process ends now.
    package static func stopListening() {
        if requested { endProcess() }
        for number in signals where !isIgnored(number) { signal(number, SIG_DFL) }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Whether a signal has come.
    package static var requested: Bool { seen.load(ordering: .relaxed) != 0 }

    /// Ends the process by the signal that came, so that a shell sees it and ends its loop too.
    package static func endProcess() -> Never {
        let number = requested ? seen.load(ordering: .relaxed) : SIGINT
        signal(number, SIG_DFL)
        // The threads of Swift's pool block all signals: a signal raised on one of them would never be delivered.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
        exit(128 + number)
    }
}
