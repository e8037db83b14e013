import Settings
import Workers

/// A case as both sides know it.
package struct ComparedCase: Codable, Sendable, Hashable {
    /// The name of its suite, as given by the user.
    package var suite: String
    /// Nil for a side that does not know it.
    package var sides: Both<ListedCase?>

    package init(suite: String, sides: Both<ListedCase?>) {
        self.suite = suite
        self.sides = sides
    }

    /// The head's description; if there is none, the base's.
    private var known: ListedCase? { sides.head ?? sides.base }

    package var name: String { known?.name ?? "" }
    package var label: String { known?.label ?? "" }
    /// Empty for a case that neither side knows.
    package var setting: Setting { known?.setting ?? Setting("") }
    package var implementation: String { setting.implementation }
    package var threads: Int { setting.threads }

    /// Why it cannot be compared, if that is known before anything runs; otherwise nil.
    package var obstacle: CaseOutcome? {
        guard let base = sides.base, let head = sides.head else {
            return .oneSided(sides.base == nil ? .head : .base)
        }
        if let reason = head.unsupported ?? base.unsupported {
            if base.unsupported != nil, head.unsupported != nil { return .unsupported(reason) }
            return .oneSided(base.unsupported == nil ? .base : .head)
        }
        return nil
    }
}

/// Why a case was not compared.
package enum CaseOutcome: Codable, Sendable, Hashable {
    /// Only this side knows it or supports it.
    case oneSided(Side)
    /// Neither side supports it.
    case unsupported(String)
    /// A side could not measure it.
    case failed(SideFailure)
    /// Both sides measured it, but the figures have no ratio, for this reason.
    case incomparable(String)
}
