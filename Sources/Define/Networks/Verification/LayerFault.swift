import Workloads

/// A layer that does not do what it should, in words, and how far off it is if that is known.
package struct LayerFault: Error {
    package let message: String
    package let deviation: Deviation?

    init(_ message: String, _ deviation: Deviation? = nil) {
        self.message = message
        self.deviation = deviation
    }
}
