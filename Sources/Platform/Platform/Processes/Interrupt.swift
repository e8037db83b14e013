import CPlatform
import Foundation
import Synchronization

/// Ctrl-C and its kin: the first lets the run end in order, keeping what is done; a second one ends it at once.
package enum Interrupt {
    /// The number of the first signal; 0 before there is one.
    private static let seen = Atomic<Int32>(0)

    /// What ends a command: from the keyboard, by `kill`, with the terminal.
    private static let signals = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]

    /// Begins to listen. A hangup that whoever started us ignores (nohup) stays ignored.
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

    /// Stops listening: a signal ends the process at once from here on, and one that came already does so now.
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

    /// Whether a signal came.
    package static var requested: Bool { seen.load(ordering: .relaxed) != 0 }

    /// Ends the process by the signal that came, so that a shell sees what happened and its loop ends too.
    package static func endProcess() -> Never {
        let number = requested ? seen.load(ordering: .relaxed) : SIGINT
        signal(number, SIG_DFL)
        // The threads of Swift's pool block all signals: what is raised on one would wait for ever.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
        exit(128 + number)
    }
}
