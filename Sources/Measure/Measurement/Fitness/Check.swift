/// A check for one thing that could spoil a measurement on this machine.
package struct Check: Sendable {
    /// The name in warnings and for programs: `governor`.
    package let name: String
    /// The title for people: "Frequency governor".
    package let title: String
    /// Runs the check. It changes nothing and never fails: what cannot be read is `unknown`.
    package let run: @Sendable (_ system: SystemView) -> Finding

    init(_ name: String, _ title: String, run: @escaping @Sendable (_ system: SystemView) -> Finding) {
        self.name = name
        self.title = title
        self.run = run
    }
}

/// What a check found.
package struct Finding: Sendable, Hashable {
    package enum Status: String, Sendable, CaseIterable {
        case ok
        /// Worth knowing, but true of every ordinary machine: no run warns of it.
        case note
        case warning
        /// Cannot be read here.
        case unknown
    }

    package let status: Status
    /// What was found, as a phrase.
    package let found: String
    /// What to do about it, if anything can be done.
    package let remedy: String?

    static func ok(_ found: String) -> Finding { Finding(status: .ok, found: found, remedy: nil) }

    static func note(_ found: String, remedy: String) -> Finding {
        Finding(status: .note, found: found, remedy: remedy)
    }

    static func warning(_ found: String, remedy: String) -> Finding {
        Finding(status: .warning, found: found, remedy: remedy)
    }

    static func unknown(_ found: String, remedy: String? = nil) -> Finding {
        Finding(status: .unknown, found: found, remedy: remedy)
    }
}
