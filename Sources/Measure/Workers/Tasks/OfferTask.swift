/// An implementation that a program has for others.
package struct Offer: Codable, Sendable, Hashable {
    /// Its name in settings: `onnxruntime`.
    package var implementation: String
    /// A line for lists.
    package var summary: String
    /// The names of the kernels and models that it computes. A shape that it does not compute it refuses when it is asked to.
    package var workloads: [String]
    /// Whether it computes on more than one thread.
    package var isThreaded: Bool

    package init(implementation: String, summary: String, workloads: [String], isThreaded: Bool) {
        self.implementation = implementation
        self.summary = summary
        self.workloads = workloads
        self.isThreaded = isThreaded
    }
}
