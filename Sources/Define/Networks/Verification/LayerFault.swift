import Workloads

/// A layer that does not do what it should: in words, and with its deviation if that is known.
package struct LayerFault: Error {
    package let message: String
    package let deviation: Deviation?

    init(_ message: String, _ deviation: Deviation? = nil) {
        self.message = message
        self.deviation = deviation
    }
}
