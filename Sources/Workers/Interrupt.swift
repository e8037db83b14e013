import Foundation
import Synchronization

/// Ctrl-C: the first lets the run end in order, keeping what is done; a second one ends it at once.
package enum Interrupt {
    private static let seen = Atomic<Bool>(false)

    /// Begins to listen.
    package static func install() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                if Interrupt.seen.exchange(true, ordering: .relaxed) {
                    signal(number, SIG_DFL)
                    raise(number)
                }
            }
        }
    }

    /// Whether a signal came.
    package static var requested: Bool { seen.load(ordering: .relaxed) }

    /// Ends the process as the signal would have, so that a shell sees what happened.
    package static func endProcess() -> Never {
        signal(SIGINT, SIG_DFL)
        raise(SIGINT)
        exit(130)
    }
}
