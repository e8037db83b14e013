/// One thing that could spoil a measurement on this machine.
package struct Check: Sendable {
    /// In warnings and for programs: `governor`.
    package let name: String
    /// For people: "Frequency governor".
    package let title: String
    /// Looks; changes nothing, and never fails: what cannot be read is `unknown`.
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
        /// Worth knowing, but so on every ordinary machine: no run warns of it.
        case note
        case warning
        /// It cannot be read here.
        case unknown
    }

    package let status: Status
    /// What is there, in a phrase.
    package let found: String
    /// What to do about it, where something can be done.
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
