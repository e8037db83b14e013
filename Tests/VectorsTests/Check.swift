import Testing
import Vectors

/// A direct test of one microkernel against plain loops in `Double`.
struct Check: Sendable, CustomTestStringConvertible {
    /// As `Microkernels` declares it.
    let name: String
    let body: @Sendable (any Microkernels.Type) -> Void

    init(_ name: String, _ body: @escaping @Sendable (any Microkernels.Type) -> Void) {
        (self.name, self.body) = (name, body)
    }

    var testDescription: String { name }

    static let all =
        bursts + products + sliding + winograd + pooling + attention + elements + rows + columns + edges + pointClouds
}
